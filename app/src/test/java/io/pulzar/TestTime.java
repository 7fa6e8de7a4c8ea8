package io.pulzar;

import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.RunningTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Running time that is moved by a test's clock. */
public final class TestTime {

  private static final Duration EVERYTHING_COUNTS = Duration.ofDays(100_000);

  private TestTime() {}

  /** As if the process had run all the time that the clock shows. */
  public static RunningTime of(InstantSource clock) {
    return new RunningTime(
        () -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()), EVERYTHING_COUNTS);
  }

  /** Loops that nobody asks for. */
  public static Loops loops() {
    return new Loops(new RunningTime(), Clock.systemUTC());
  }
}
