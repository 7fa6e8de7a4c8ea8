package io.pulzar.values;

import io.pulzar.http.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that uploads to the bucket may have at a time. Each takes all that it will need at
 * once, so that none waits for another one that waits.
 */
final class UploadMemory {

  private static final int UNIT = 64 << 10;

  private final int all;
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param bytes that may be taken; at least those of one part
   */
  UploadMemory(long bytes, Duration patience) {
    this.all = units(bytes);
    this.free = new Semaphore(all, true);
    this.patience = patience;
  }

  /** Memory that was taken; closing it gives it back. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes some.
   *
   * @throws ApiException 503 {@code too_many_uploads} when others did not give any back in time
   */
  Share take(long bytes) {
    int units = Math.min(all, units(bytes));
    try {
      if (free.tryAcquire(units, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return () -> free.release(units);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ApiException.unavailable(
        "too_many_uploads",
        "So many values are being received that there was no memory for this one; try again, or"
            + " raise pulzar.values.memory",
        Duration.ofSeconds(5));
  }

  private static int units(long bytes) {
    return Math.toIntExact(Math.max(1, (bytes + UNIT - 1) / UNIT));
  }
}
