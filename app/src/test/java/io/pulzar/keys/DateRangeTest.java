package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DateRangeTest {

  private static final Instant FIRST = Instant.parse("2026-11-21T00:00:00Z");
  private static final Instant LAST = Instant.parse("2026-11-21T23:59:59.999Z");

  @Test
  void withoutDatesEverythingFits() {
    DateRange range = DateRange.parse(null, null, null);
    assertThat(range).isEqualTo(DateRange.ALWAYS);
    assertThat(range.contains(Instant.EPOCH)).isTrue();
  }

  @Test
  void eqIsOneDayInUtc() {
    DateRange range = DateRange.parse("11-21-2026", null, null);
    assertThat(range.contains(FIRST)).isTrue();
    assertThat(range.contains(LAST)).isTrue();
    assertThat(range.contains(FIRST.minusMillis(1))).isFalse();
    assertThat(range.contains(LAST.plusMillis(1))).isFalse();
  }

  @Test
  void ltAndGtIncludeTheirDays() {
    DateRange until = DateRange.parse(null, "11-21-2026", null);
    assertThat(until.contains(LAST)).isTrue();
    assertThat(until.contains(LAST.plusMillis(1))).isFalse();
    DateRange from = DateRange.parse(null, null, "11-21-2026");
    assertThat(from.contains(FIRST)).isTrue();
    assertThat(from.contains(FIRST.minusMillis(1))).isFalse();
  }

  @Test
  void eqWinsOverTheOthers() {
    assertThat(DateRange.parse("1-2-2026", "1-1-2020", "1-1-2030"))
        .isEqualTo(DateRange.parse("01-02-2026", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"13-45-2026", "2-30-2026", "2026-11-21", "11/21/2026", "1-1-26", "", "x"})
  void whatIsNoDateIsRefused(String text) {
    assertThatThrownBy(() -> DateRange.parse(text, null, null)).hasMessageContaining("eq");
    assertThatThrownBy(() -> DateRange.parse(null, text, null)).hasMessageContaining("lt");
    assertThatThrownBy(() -> DateRange.parse("1-1-2026", null, text)).hasMessageContaining("gt");
  }
}
