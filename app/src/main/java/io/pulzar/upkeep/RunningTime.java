package io.pulzar.upkeep;

import io.micronaut.context.annotation.Bean;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts the time in which this process really ran. A pause (SIGSTOP, a frozen virtual machine, a
 * machine so busy that nothing got a turn) and a clock that somebody sets do not count: what others
 * could not tell us meanwhile must not be held against them.
 *
 * <p>Somebody has to look often: between two looks at most {@link #LONGEST_STEP} counts.
 *
 * <p>Threading: safe for any thread.
 */
@Singleton
@Bean(typed = RunningTime.class)
public final class RunningTime {

  /** More between two looks means that the process was stopped. */
  public static final Duration LONGEST_STEP = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private final long longestStep;
  private long last;
  private long ran;

  @Inject
  public RunningTime() {
    this(System::nanoTime, LONGEST_STEP);
  }

  /**
   * @param nanos counts nanoseconds, whatever happens to the clock
   * @param longestStep what counts at most between two looks
   */
  public RunningTime(LongSupplier nanos, Duration longestStep) {
    this.nanos = nanos;
    this.longestStep = longestStep.toNanos();
    this.last = nanos.getAsLong();
  }

  /** How long this process has run since this was made. */
  public synchronized Duration now() {
    long count = nanos.getAsLong();
    ran += Math.clamp(count - last, 0, longestStep);
    last = count;
    return Duration.ofNanos(ran);
  }
}
