package io.pulzar.values;

import io.pulzar.keys.ValueVersion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a master that lost its index about every value that this node holds, with the dates. Safe
 * to repeat, and on a master that lost nothing.
 */
final class Restoration {

  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
  private static final int PAGE = 500;

  private final ValueStore store;
  private final MasterIndex master;
  private final AtomicBoolean running = new AtomicBoolean();

  Restoration(ValueStore store, MasterIndex master) {
    this.store = store;
    this.master = master;
  }

  /**
   * How it went.
   *
   * @param held values that this node offered
   * @param added those that the master had lost
   */
  record Result(long held, long added) {}

  /**
   * Offers everything, waiting for the master.
   *
   * @return empty when this is being done already
   */
  Optional<Result> run() {
    if (!running.compareAndSet(false, true)) {
      return Optional.empty();
    }
    try {
      Result result = offerAll();
      LOG.info(
          "offered {} values to the master, which had lost {} of them",
          result.held(),
          result.added());
      return Optional.of(result);
    } finally {
      running.set(false);
    }
  }

  private Result offerAll() {
    long held = 0;
    long added = 0;
    List<StoredValue> page = store.page(Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      List<StoredValue> offered =
          page.stream().filter(value -> store.isVisible(value.id())).toList();
      held += offered.size();
      added += master.adopt(offered).toCompletableFuture().join();
      StoredValue last = page.getLast();
      page = store.page(Optional.of(new ValueVersion(last.key(), last.id())), PAGE);
    }
    return new Result(held, added);
  }
}
