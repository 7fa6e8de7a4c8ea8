package io.pulzar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
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

  @Property
  void aWrittenDurationIsReadBack(@ForAll @LongRange(min = 0, max = 100_000_000_000L) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
  }

  @Property
  void aWrittenSizeIsReadBack(@ForAll @LongRange(min = 0, max = 1L << 49) long bytes) {
    assertThat(SizeText.parse(SizeText.format(bytes))).isEqualTo(bytes);
  }
}
