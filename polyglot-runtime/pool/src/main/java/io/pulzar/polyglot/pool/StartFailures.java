package io.pulzar.polyglot.pool;

import java.time.Duration;

/**
 * Counts workers of one size that died before they did anything, so that a broken installation does
 * not keep the machine busy starting processes. Guarded by the pool's lock.
 */
final class StartFailures {

  /** After this many in a row, calls are told instead of left waiting. */
  private static final int HOPELESS = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private int inARow;
  private long notBeforeNanos;
  private String lastReason = "";

  void add(String reason, long nowNanos) {
    inARow++;
    lastReason = reason;
    notBeforeNanos = nowNanos + pause().toNanos();
  }

  /** Twice as long each time. */
  Duration pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow - 1, 16));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  boolean allowStart(long nowNanos) {
    return inARow == 0 || nowNanos - notBeforeNanos >= 0;
  }

  boolean hopeless() {
    return inARow >= HOPELESS;
  }

  int inARow() {
    return inARow;
  }

  String lastReason() {
    return lastReason;
  }
}
