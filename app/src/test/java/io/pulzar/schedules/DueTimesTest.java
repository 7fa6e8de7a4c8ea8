package io.pulzar.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DueTimesTest {

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void jitterMovesEachTimeButNeverPastTheNextOne() {
    Policy policy =
        new Policy(Misfire.ONCE, Overlap.ALLOW, Duration.ofMinutes(30), Optional.empty());
    DueTimes times = new DueTimes(7, cron("*/10 * * * *"), policy);
    List<Due> dues = row(times, 500);
    for (Due due : dues) {
      Duration share = Duration.between(due.nominal(), due.at());
      assertThat(share).isBetween(Duration.ZERO, Duration.ofMinutes(10).minusMillis(1));
    }
    assertThat(dues.stream().map(due -> Duration.between(due.nominal(), due.at())).distinct())
        .hasSizeGreaterThan(450);
    assertThat(row(times, 500)).as("drawn again").isEqualTo(dues);
    assertThat(row(new DueTimes(8, times.timing(), policy), 500)).isNotEqualTo(dues);
  }

  @Test
  void aRowOfMillionsOfPassedTimesIsNotSteppedThrough() {
    DueTimes times = new DueTimes(1, cron("* * * * * *"), Policy.DEFAULT);
    Instant now = START.plus(Duration.ofDays(400)).plusMillis(700);
    Due first = times.after(START).orElseThrow();
    DueTimes.Passed one = times.passed(first, now, 1);
    assertThat(one.newest().getLast().nominal()).isEqualTo(now.minusMillis(700));
    assertThat(one.count()).isEqualTo(DueTimes.MOST_COUNTED);
    DueTimes.Passed hundred = times.passed(first, now, 100);
    assertThat(hundred.newest()).hasSize(100);
    assertThat(hundred.newest().getFirst().nominal()).isEqualTo(now.minusMillis(99_700));
  }

  @Test
  void theNewestOfASparseRowAreFoundToo() {
    DueTimes times = new DueTimes(1, cron("0 * * * * SAT"), Policy.DEFAULT);
    Instant now = START.plus(Duration.ofDays(20)).plusSeconds(1);
    Due first = times.after(START).orElseThrow();
    DueTimes.Passed passed = times.passed(first, now, 3);
    // START is a Saturday, and so are the days 7, 14 and no other up to now; the last is day 14.
    assertThat(passed.newest().getLast().nominal())
        .isEqualTo(Instant.parse("2026-12-05T23:59:00Z"));
    assertThat(passed.newest()).hasSize(3);
  }

  @Test
  void anIntervalKeepsItsGridWhateverMomentIsAskedFor() {
    Timing timing = new Timing.Interval(Timing.Unit.HOURS, 24, START);
    assertThat(timing.nextAfter(START)).contains(START.plus(Duration.ofDays(1)));
    assertThat(timing.nextAfter(START.minusSeconds(1))).contains(START.plus(Duration.ofDays(1)));
    assertThat(timing.nextAfter(START.plus(Duration.ofDays(1))))
        .contains(START.plus(Duration.ofDays(2)));
    assertThat(timing.nextAfter(START.plus(Duration.ofDays(41)).plusNanos(1)))
        .contains(START.plus(Duration.ofDays(42)));
  }

  private static Timing cron(String text) {
    return new Timing.Cron(CronPattern.parse(text), ZoneOffset.UTC);
  }

  private static List<Due> row(DueTimes times, int count) {
    List<Due> row = new ArrayList<>();
    Instant moment = START;
    while (row.size() < count) {
      Due due = times.after(moment).orElseThrow();
      row.add(due);
      moment = due.nominal();
    }
    return row;
  }
}
