package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationHistogramTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 210, 1_900, 60_000, 3_600_000, 604_800_000})
  void oneDurationIsItsOwnMedianToATenth(long millis) {
    DurationHistogram durations = new DurationHistogram();
    durations.add(Duration.ofMillis(millis));
    assertThat(durations.quantile(0.5)).isCloseTo((double) millis, within((double) millis * 0.1));
  }

  @Test
  void quantilesAreThoseOfTheSortedDurations() {
    DurationHistogram some = new DurationHistogram();
    DurationHistogram others = new DurationHistogram();
    for (int millis = 1; millis <= 1000; millis++) {
      (millis % 2 == 0 ? some : others).add(Duration.ofMillis(millis));
    }
    some.addAll(others);
    assertThat(some.count()).isEqualTo(1000);
    assertThat(some.quantile(0.5)).isCloseTo(500, within(50.0));
    assertThat(some.quantile(0.95)).isCloseTo(950, within(95.0));
  }

  @Test
  void nothingAndLessThanAMillisecondAreZero() {
    DurationHistogram durations = new DurationHistogram();
    assertThat(durations.quantile(0.5)).isZero();
    durations.add(Duration.ofNanos(10));
    assertThat(durations.quantile(0.95)).isZero();
  }
}
