package io.pulzar.records;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Wakes who waits for the store to change. */
final class RecordSignals implements AutoCloseable {

  private final AtomicLong revision = new AtomicLong();
  private final Map<CompletableFuture<Long>, Long> waiting = new ConcurrentHashMap<>();

  long revision() {
    return revision.get();
  }

  /** Called when everything up to this revision is on the disk. */
  void reached(long now) {
    revision.accumulateAndGet(now, Math::max);
    waiting.forEach(
        (future, after) -> {
          if (now > after) {
            future.complete(now);
          }
        });
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
    CompletableFuture<Long> future = new CompletableFuture<>();
    waiting.put(future, after);
    var _ = future.whenComplete((reached, failure) -> waiting.remove(future));
    if (revision.get() > after) {
      future.complete(revision.get());
    }
    return future.completeOnTimeout(after, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Nobody waits any longer. */
  @Override
  public void close() {
    waiting.keySet().forEach(future -> future.complete(revision.get()));
  }
}
