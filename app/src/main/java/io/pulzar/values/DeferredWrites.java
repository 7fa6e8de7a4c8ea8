package io.pulzar.values;

import io.pulzar.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Changes that nobody waits for. They join the next transaction that is made anyway, so that
 * tidying up after a write costs no commit of its own.
 */
final class DeferredWrites {

  /** A transaction takes at most this many along. */
  private static final int MOST_AT_ONCE = 1_000;

  /**
   * @param change to be made in a transaction
   * @param afterwards once it is on disk
   */
  record Later(Consumer<WriteTransaction> change, Runnable afterwards) {}

  private final ConcurrentLinkedQueue<Later> queue = new ConcurrentLinkedQueue<>();

  void add(Consumer<WriteTransaction> change, Runnable afterwards) {
    queue.add(new Later(change, afterwards));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Takes what waits; the taker makes the changes, or puts them back. */
  List<Later> take() {
    if (queue.isEmpty()) {
      return List.of();
    }
    List<Later> taken = new ArrayList<>();
    for (Later next = queue.poll(); next != null; next = queue.poll()) {
      taken.add(next);
      if (taken.size() == MOST_AT_ONCE) {
        break;
      }
    }
    return taken;
  }

  void putBack(List<Later> taken) {
    queue.addAll(taken);
  }
}
