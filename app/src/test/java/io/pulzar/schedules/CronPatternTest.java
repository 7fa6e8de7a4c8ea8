package io.pulzar.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cron expressions against a model that looks at every second of a while. */
final class CronPatternTest {

  private static final LocalDateTime SATURDAY = LocalDateTime.of(2026, 11, 21, 8, 0);

  @ParameterizedTest
  @CsvSource({
    "0 9 * * MON-FRI, 2026-11-23T09:00",
    "0 9 * * mon-fri, 2026-11-23T09:00",
    "0  9 * *   1-5, 2026-11-23T09:00",
    "0 9 * * 0, 2026-11-22T09:00",
    "0 9 * * 7, 2026-11-22T09:00",
    "0 9 * * SUN-TUE, 2026-11-22T09:00",
    "0 9 * * 0-2, 2026-11-22T09:00",
    "0 7 * * 0-6, 2026-11-22T07:00",
    "*/10 * * * *, 2026-11-21T08:10",
    "*/10 * * * * *, 2026-11-21T08:00:10",
    "30 0 0 1 JAN *, 2027-01-01T00:00:30",
    "0 0 29 2 *, 2028-02-29T00:00",
    "0 0 L * *, 2026-11-30T00:00",
    "0 0 * * MON#1, 2026-12-07T00:00",
  })
  void aPatternComesNextAtTheTimeThatItNames(String text, LocalDateTime expected) {
    assertThat(CronPattern.parse(text).nextAfter(SATURDAY)).contains(expected);
  }

  @Test
  void aDayThatFitsTheDayOrTheWeekdayCountsWhenBothAreGiven() {
    CronPattern pattern = CronPattern.parse("0 9 1 * MON");
    assertThat(next(pattern, SATURDAY, 4).stream().map(LocalDateTime::toLocalDate))
        .extracting(Object::toString)
        .containsExactly("2026-11-23", "2026-11-30", "2026-12-01", "2026-12-07");
  }

  @Test
  void stepsOfWeekdaysCountFromSunday() {
    assertThat(next(CronPattern.parse("0 9 * * */2"), SATURDAY, 4))
        .extracting(time -> time.getDayOfWeek().name().substring(0, 3))
        .containsExactly("SAT", "SUN", "TUE", "THU");
  }

  @Test
  void aLeapDayIsFoundAcrossACenturyWithoutOne() {
    assertThat(CronPattern.parse("0 0 29 2 *").nextAfter(LocalDateTime.of(2096, 3, 1, 0, 0)))
        .contains(LocalDateTime.of(2104, 2, 29, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "every day",
        "@reboot",
        "* * * *",
        "* * * * * * *",
        "0 ? * * *",
        "60 * * * *",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 32 * *",
        "0 0 * 13 *",
        "0 0 * * 8",
        "-1 * * * *",
        "*/0 * * * *",
        "1/0 * * * *",
        "5-1 * * * *",
        "a b c d e",
        "1,,2 * * * *",
        "99999999999 * * * *",
        "0 0 31 2 *",
        "0 0 30 2 *",
        "0 0 31 4,6,9,11 *",
        "0 9 * * MONDAY",
        "0 9 * * FRI-MON",
        "\u0660 * * * *"
      })
  void whatIsNoCronExpressionIsRefused(String text) {
    assertThatThrownBy(() -> CronPattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongTextIsRefusedUnread() {
    assertThatThrownBy(() -> CronPattern.parse("1,".repeat(10_000) + "1 * * * *"))
        .hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @CsvSource({
    "* * * * *, true",
    "5 * * * *, true",
    "*/10 */1 * * *, true",
    "0 0-23 * * *, true",
    "30 2 * * *, false",
    "0 */2 * * *, false",
    "0 0-22 * * *, false",
  })
  void aPatternKnowsWhetherItLeavesAnHourOut(String text, boolean everyHour) {
    assertThat(CronPattern.parse(text).everyHour()).isEqualTo(everyHour);
  }

  /** The model tries every second; the pattern's fields are drawn as sets of numbers. */
  @Test
  void everySecondThatFitsIsFoundAndNoOther() {
    Random random = new Random(20261121);
    for (int round = 0; round < 60; round++) {
      CronModel model = CronModel.random(random);
      CronPattern pattern = CronPattern.parse(model.text());
      LocalDateTime from = SATURDAY.plusSeconds(random.nextInt(400 * 86_400)).withNano(0);
      LocalDateTime until = from.plusHours(30);
      List<LocalDateTime> expected = new ArrayList<>();
      for (LocalDateTime time = from.plusSeconds(1);
          !time.isAfter(until);
          time = time.plusSeconds(1)) {
        if (model.fits(time)) {
          expected.add(time);
        }
      }
      List<LocalDateTime> found = new ArrayList<>();
      LocalDateTime time = pattern.nextAfter(from).orElseThrow();
      while (!time.isAfter(until)) {
        found.add(time);
        time = pattern.nextAfter(time).orElseThrow();
      }
      assertThat(found).as(model.text()).isEqualTo(expected);
    }
  }

  private static List<LocalDateTime> next(CronPattern pattern, LocalDateTime from, int count) {
    List<LocalDateTime> times = new ArrayList<>();
    LocalDateTime time = from;
    for (int i = 0; i < count; i++) {
      time = pattern.nextAfter(time).orElseThrow();
      times.add(time);
    }
    return times;
  }
}
