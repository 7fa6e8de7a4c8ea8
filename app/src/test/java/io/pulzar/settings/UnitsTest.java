package io.pulzar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Cases;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "15m, PT15M",
    "12h, PT12H",
    "7d, PT168H",
    "0s, PT0S",
    "PT1H30M, PT1H30M",
    "P1D, PT24H",
    "' 5 S ', PT5S",
  })
  void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "1.5s", "PT-5S", "5 weeks", "9999999999999d"})
  void whatIsNoDurationIsRefusedWithTheForms(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("250ms, 30s");
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "64KB, 65536",
    "64KiB, 65536",
    "512MB, 536870912",
    "2g, 2147483648",
    "1 TB, 1099511627776",
    "7b, 7",
    "0, 0",
  })
  void sizesAreReadAsPeopleWriteThem(String text, long expected) {
    assertThat(SizeText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1.5GB", "1XB", "999999999999999TB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> SizeText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWrittenDurationIsReadBack() {
    Cases.each(
        500,
        seed -> {
          Duration duration = Duration.ofMillis(anyBelow(100_000_000_000L, seed));
          assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
        });
  }

  @Test
  void aWrittenSizeIsReadBack() {
    Cases.each(
        500,
        seed -> {
          long bytes = anyBelow(1L << 49, seed);
          assertThat(SizeText.parse(SizeText.format(bytes))).isEqualTo(bytes);
        });
  }

  /** Of any magnitude: most numbers below a large one are large, and most units are not. */
  private static long anyBelow(long bound, int seed) {
    Random random = new Random(seed);
    long number = random.nextLong(bound) >>> random.nextInt(50);
    return random.nextBoolean() ? number : Long.highestOneBit(number);
  }
}
