package io.pulzar.schedules;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Notices when somebody sets the clock, by comparing how far it went with how much time passed on a
 * counter that nobody sets. A machine that slept looks as if its clock was put forward, and that is
 * what it means for due times. Not safe for threads.
 */
final class ClockWatch {

  /** Smaller steps are what keeping a clock exact makes; a due time then just waits a little. */
  static final Duration SMALLEST_STEP = Duration.ofSeconds(2);

  private final Clock clock;
  private final LongSupplier nanos;
  private Instant shown;
  private long counted;

  /**
   * @param nanos counts nanoseconds, whatever happens to the clock
   */
  ClockWatch(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.shown = clock.instant();
    this.counted = nanos.getAsLong();
  }

  /** By how much the clock was put forward since the last look; negative when back, else zero. */
  Duration step() {
    Instant now = clock.instant();
    long count = nanos.getAsLong();
    Duration step = Duration.between(shown, now).minusNanos(count - counted);
    shown = now;
    counted = count;
    return step.abs().compareTo(SMALLEST_STEP) < 0 ? Duration.ZERO : step;
  }
}
