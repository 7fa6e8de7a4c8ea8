package io.pulzar.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cron times in real zones, on the days when their clocks are put forward and back. */
final class WallClockTest {

  /** The table of docs/schedules.md: the runs around a change, in the zone's own notation. */
  @ParameterizedTest(name = "{0} in {1} from {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // New York, forward at 02:00 to 03:00.
        "30 2 * * *   | America/New_York | 2027-03-13T00:00 |"
            + " 2027-03-13T02:30-05:00 2027-03-14T03:00-04:00 2027-03-15T02:30-04:00",
        "0,30 2 * * * | America/New_York | 2027-03-14T00:00 |"
            + " 2027-03-14T03:00-04:00 2027-03-15T02:00-04:00",
        "0 3 * * *    | America/New_York | 2027-03-14T00:00 |"
            + " 2027-03-14T03:00-04:00 2027-03-15T03:00-04:00",
        "20 * * * *   | America/New_York | 2027-03-14T01:00 |"
            + " 2027-03-14T01:20-05:00 2027-03-14T03:20-04:00 2027-03-14T04:20-04:00",
        // New York, back at 02:00 to 01:00.
        "30 1 * * *   | America/New_York | 2026-10-31T12:00 |"
            + " 2026-11-01T01:30-04:00 2026-11-02T01:30-05:00",
        "20 * * * *   | America/New_York | 2026-11-01T00:00 |"
            + " 2026-11-01T00:20-04:00 2026-11-01T01:20-04:00 2026-11-01T01:20-05:00"
            + " 2026-11-01T02:20-05:00",
        // Santiago, forward at midnight to 01:00: the day has no midnight.
        "0 0 * * *    | America/Santiago | 2026-09-05T12:00 |"
            + " 2026-09-06T01:00-03:00 2026-09-07T00:00-03:00",
        "15 0 * * SUN | America/Santiago | 2026-09-05T12:00 |"
            + " 2026-09-06T01:00-03:00 2026-09-13T00:15-03:00",
        // Santiago, back at midnight to 23:00 of the day before.
        "30 23 * * *  | America/Santiago | 2027-04-03T12:00 |"
            + " 2027-04-03T23:30-03:00 2027-04-04T23:30-04:00",
        "0 0 * * *    | America/Santiago | 2027-04-03T12:00 |"
            + " 2027-04-04T00:00-04:00 2027-04-05T00:00-04:00",
        // Lord Howe, half an hour: forward at 02:00 to 02:30, back at 02:00 to 01:30.
        "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00 |"
            + " 2026-10-04T02:30+11:00 2026-10-05T02:15+11:00",
        "45 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00 |"
            + " 2026-10-04T02:45+11:00 2026-10-05T02:45+11:00",
        "45 1 * * *   | Australia/Lord_Howe | 2027-04-03T12:00 |"
            + " 2027-04-04T01:45+11:00 2027-04-05T01:45+10:30",
        "45 * * * *   | Australia/Lord_Howe | 2027-04-04T01:00 |"
            + " 2027-04-04T01:45+11:00 2027-04-04T01:45+10:30 2027-04-04T02:45+10:30",
        // Kathmandu has no changes, and an offset of three quarters of an hour.
        "0 9 * * *    | Asia/Kathmandu | 2026-11-21T00:00 |"
            + " 2026-11-21T09:00+05:45 2026-11-22T09:00+05:45",
        // Apia left out 30 December 2011 altogether.
        "0 9 * * *    | Pacific/Apia | 2011-12-29T00:00 |"
            + " 2011-12-29T09:00-10:00 2011-12-31T00:00+14:00 2011-12-31T09:00+14:00",
      })
  void aSkippedOrRepeatedTimeRunsAsTheDocumentationSays(
      String cron, String zoneName, LocalDateTime from, String expected) {
    ZoneId zone = ZoneId.of(zoneName);
    WallClock clock = new WallClock(zone);
    CronPattern pattern = CronPattern.parse(cron);
    List<String> found = new ArrayList<>();
    Instant time = from.atZone(zone).toInstant();
    List<String> runs = List.of(expected.split(" ", -1));
    while (found.size() < runs.size()) {
      time = clock.nextAfter(time, pattern).orElseThrow();
      found.add(time.atZone(zone).toOffsetDateTime().toString());
    }
    assertThat(found).isEqualTo(runs);
  }

  /** Every second of the days around a change is tried against the rule, whatever the pattern. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/Santiago",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "Africa/Casablanca",
        "Antarctica/Troll",
        "UTC"
      })
  void theTimesAreThoseOfAModelThatTriesEverySecond(String zoneName) {
    ZoneId zone = ZoneId.of(zoneName);
    Random random = new Random(zoneName.hashCode());
    Instant looked = Instant.parse("2024-01-01T00:00:00Z");
    for (int round = 0; round < 24; round++) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(looked);
      Instant middle = change == null ? looked.plus(Duration.ofDays(97)) : change.getInstant();
      looked = middle;
      Instant from = middle.minusSeconds(random.nextInt(30_000));
      Instant until = middle.plusSeconds(20_000);
      CronModel model = CronModel.random(random);
      assertThat(found(model, zone, from, until))
          .as("%s in %s from %s", model.text(), zone, from)
          .containsExactlyElementsOf(expected(model, zone, from, until));
    }
  }

  @Test
  void aFractionOfASecondChangesNothing() {
    WallClock clock = new WallClock(ZoneOffset.UTC);
    CronPattern pattern = CronPattern.parse("* * * * * *");
    Instant time = Instant.parse("2026-11-21T08:00:00Z");
    assertThat(clock.nextAfter(time.plusMillis(1), pattern)).contains(time.plusSeconds(1));
    assertThat(clock.nextAfter(time.plusMillis(999), pattern)).contains(time.plusSeconds(1));
    assertThat(clock.nextAfter(time, pattern)).contains(time.plusSeconds(1));
  }

  private static List<Instant> found(CronModel model, ZoneId zone, Instant from, Instant until) {
    WallClock clock = new WallClock(zone);
    CronPattern pattern = CronPattern.parse(model.text());
    List<Instant> found = new ArrayList<>();
    Instant time = clock.nextAfter(from, pattern).orElseThrow();
    while (!time.isAfter(until)) {
      found.add(time);
      time = clock.nextAfter(time, pattern).orElseThrow();
    }
    return found;
  }

  /**
   * For every hour: each second whose local time fits. Otherwise: each fitting local time, counted
   * through as if there were no changes, at the first moment by which the clock had reached it.
   */
  private static List<Instant> expected(CronModel model, ZoneId zone, Instant from, Instant until) {
    TreeSet<Instant> expected = new TreeSet<>();
    if (model.everyHour()) {
      for (Instant time = from.plusSeconds(1); !time.isAfter(until); time = time.plusSeconds(1)) {
        if (model.fits(LocalDateTime.ofInstant(time, zone))) {
          expected.add(time);
        }
      }
      return List.copyOf(expected);
    }
    Instant time = from.minus(Duration.ofDays(3));
    LocalDateTime reached = LocalDateTime.ofInstant(time, zone);
    while (time.isBefore(until)) {
      time = time.plusSeconds(1);
      LocalDateTime shown = LocalDateTime.ofInstant(time, zone);
      while (reached.isBefore(shown)) {
        reached = reached.plusSeconds(1);
        if (model.fits(reached) && time.isAfter(from)) {
          expected.add(time);
        }
      }
    }
    return List.copyOf(expected);
  }
}
