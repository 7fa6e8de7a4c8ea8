package io.pulzar.http;

import java.time.Duration;

/**
 * Tells when a connection has been waited for long enough. A request has a fixed time, and more for
 * what has arrived of it, as Apache's {@code RequestReadTimeout} does: whoever sends a large value
 * over a slow line gets through, and whoever sends a byte now and then does not. Only the time
 * counts in which the server did wait: not that in which it was busy with what had come.
 *
 * <p>Moments are those of {@link System#nanoTime()}. Threading: confined to its connection.
 */
final class ArrivalClock {

  private enum Phase {
    /** Of a request nothing has come. */
    IDLE,
    /** Also at the start: who connects has something to ask. */
    ARRIVING,
    /** All has come, and it is our turn. */
    ANSWERING
  }

  private final long patience;
  private final long idle;
  private final long nanosForByte;

  private Phase phase = Phase.ARRIVING;
  private long received;
  private long waited;
  private long waitingSince;
  private boolean waiting = true;
  private long idleSince;

  /**
   * @param slowest bytes a second that are fast enough; at least 1
   */
  ArrivalClock(Duration patience, long slowest, Duration idle, long now) {
    this.patience = patience.toNanos();
    this.idle = idle.toNanos();
    this.nanosForByte = Math.max(1, Duration.ofSeconds(1).toNanos() / Math.max(1, slowest));
    this.waitingSince = now;
  }

  /** The server wants more. */
  void waits(long now) {
    if (!waiting) {
      waiting = true;
      waitingSince = now;
    }
  }

  /** Bytes have come, of whatever. */
  void arrived(long now, int bytes) {
    if (phase == Phase.IDLE) {
      phase = Phase.ARRIVING;
      received = 0;
      waited = 0;
    } else if (waiting) {
      waited += now - waitingSince;
    }
    waiting = false;
    received += bytes;
  }

  /** A request has come to its end. */
  void complete() {
    phase = Phase.ANSWERING;
  }

  /** All requests are answered. */
  void answered(long now) {
    if (phase == Phase.ANSWERING) {
      phase = Phase.IDLE;
      idleSince = now;
    }
  }

  /** Whether something has come of a request that is not complete. */
  boolean isArriving() {
    return phase == Phase.ARRIVING && received > 0;
  }

  /** Nanoseconds until the patience ends; when it does not, so many until it is worth asking. */
  long left(long now) {
    return switch (phase) {
      case IDLE -> idle - (now - idleSince);
      case ARRIVING ->
          patience + received * nanosForByte - waited - (waiting ? now - waitingSince : 0);
      case ANSWERING -> patience;
    };
  }
}
