package io.pulzar.records;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Wakes who waits for the store to change. */
final class RecordSignals implements AutoCloseable {

  private final AtomicLong revision = new AtomicLong();
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  long revision() {
    return revision.get();
  }

  /** Called when everything up to this revision is on the disk. */
  void reached(long now) {
    revision.accumulateAndGet(now, Math::max);
    for (Waiter waiter : waiting) {
      if (now > waiter.after) {
        waiter.future.complete(now);
      }
    }
  }

  /** Whoever waits looks again. */
  void wake() {
    waiting.forEach(waiter -> waiter.future.complete(revision.get()));
  }

  /** What was relied on is gone; it starts from nothing. */
  void restart() {
    revision.set(0);
  }

  /** Completes with the revision once it is greater than {@code after}, or the time has passed. */
  CompletionStage<Long> beyond(long after, Duration patience) {
    if (revision.get() > after || patience.isZero()) {
      return CompletableFuture.completedFuture(revision.get());
    }
    Waiter waiter = new Waiter(after);
    waiting.add(waiter);
    if (revision.get() > after) {
      waiter.future.complete(revision.get());
    }
    return waiter
        .future
        .completeOnTimeout(after, patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((reached, failure) -> waiting.remove(waiter));
  }

  /** Whether the server is stopping: who was woken finds no store any more. */
  boolean isClosed() {
    return closed;
  }

  /** Nobody waits any longer. */
  @Override
  public void close() {
    closed = true;
    wake();
  }

  private static final class Waiter {
    final long after;
    final CompletableFuture<Long> future = new CompletableFuture<>();

    Waiter(long after) {
      this.after = after;
    }
  }
}
