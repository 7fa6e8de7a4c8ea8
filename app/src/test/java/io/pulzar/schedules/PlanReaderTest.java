package io.pulzar.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code scheduled} object: what it may say, and that a refusal names the field. */
final class PlanReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final PlanReader READER = new PlanReader(Policy.DEFAULT);

  @Test
  void anIntervalIsReadInEveryDocumentedForm() {
    Plan plan = read("interval", "minutes", "time_unit", 5, "repeat", 1);
    assertThat(plan.timing()).isEqualTo(new Timing.Interval(Timing.Unit.MINUTES, 5, NOW));
    assertThat(plan.runs()).isEqualTo(Schedule.FOR_EVER);
    assertThat(plan.policy()).isEqualTo(Policy.DEFAULT);
    assertThat(read("interval", "Weeks", "time_unit", "2").timing())
        .isEqualTo(new Timing.Interval(Timing.Unit.WEEKS, 2, NOW));
    assertThat(read("interval", "HOURS", "time_unit", 24.0).timing())
        .isEqualTo(new Timing.Interval(Timing.Unit.HOURS, 24, NOW));
  }

  static Stream<Arguments> repeats() {
    return Stream.of(
        Arguments.of(1, Schedule.FOR_EVER),
        Arguments.of(true, Schedule.FOR_EVER),
        Arguments.of("1", Schedule.FOR_EVER),
        Arguments.of("True", Schedule.FOR_EVER),
        Arguments.of(null, Schedule.FOR_EVER),
        Arguments.of(0, 1L),
        Arguments.of(false, 1L),
        Arguments.of("false", 1L),
        Arguments.of("0", 1L),
        Arguments.of(2, 2L),
        Arguments.of("7", 7L));
  }

  @ParameterizedTest
  @MethodSource("repeats")
  void repeatSaysHowOften(@Nullable Object repeat, long runs) {
    assertThat(read("interval", "days", "time_unit", 1, "repeat", repeat).runs()).isEqualTo(runs);
  }

  @Test
  void theSmallerOfRepeatAndMaxRunsCounts() {
    assertThat(read("interval", "days", "time_unit", 1, "repeat", 9, "max_runs", 4).runs())
        .isEqualTo(4);
    assertThat(read("interval", "days", "time_unit", 1, "repeat", 3, "max_runs", 4).runs())
        .isEqualTo(3);
    assertThat(read("cron", "0 9 * * *", "max_runs", "4").runs()).isEqualTo(4);
  }

  @Test
  void aCronExpressionHasATimeZoneOrUtc() {
    Plan plan = read("cron", "0 9 * * MON-FRI", "timezone", "America/Santiago");
    assertThat(plan.timing())
        .isEqualTo(
            new Timing.Cron(CronPattern.parse("0 9 * * MON-FRI"), ZoneId.of("America/Santiago")));
    assertThat(read("cron", "0 9 * * *").timing().nextAfter(NOW))
        .contains(Instant.parse("2026-11-21T09:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "@yearly, 0 0 1 1 *",
    "@annually, 0 0 1 1 *",
    "@monthly, 0 0 1 * *",
    "@weekly, 0 0 * * SUN",
    "@Daily, 0 0 * * *",
    "@midnight, 0 0 * * *",
    "@hourly, 0 * * * *"
  })
  void aNameStandsForItsFields(String name, String fields) {
    CronPattern named = CronPattern.parse(name);
    CronPattern spelt = CronPattern.parse(fields);
    CronPattern stored = CronPattern.parsedBefore(named.toString(), named.everyHour());
    LocalDateTime time = LocalDateTime.of(2026, 11, 21, 8, 30);
    for (int next = 0; next < 3; next++) {
      assertThat(named.nextAfter(time)).isEqualTo(spelt.nextAfter(time));
      assertThat(stored.nextAfter(time)).isEqualTo(spelt.nextAfter(time));
      time = spelt.nextAfter(time).orElseThrow();
    }
    assertThat(named.everyHour()).isEqualTo(spelt.everyHour());
  }

  static Stream<Arguments> moments() {
    return Stream.of(
        Arguments.of(Map.of("at", "2099-12-01T09:00:00Z"), "2099-12-01T09:00:00Z"),
        Arguments.of(Map.of("at", "2099-12-01 09:00:00+00:00"), "2099-12-01T09:00:00Z"),
        Arguments.of(Map.of("at", "2099-12-01T09:00:00.250-03:00"), "2099-12-01T12:00:00.250Z"),
        Arguments.of(Map.of("at", "2099-12-01t09:00z"), "2099-12-01T09:00:00Z"),
        Arguments.of(
            Map.of("at", "2026-12-01T09:00:00", "timezone", "Asia/Kathmandu"),
            "2026-12-01T03:15:00Z"),
        // A time that the clock skips: the moment it jumps.
        Arguments.of(
            Map.of("at", "2027-03-14T02:30:00", "timezone", "America/New_York"),
            "2027-03-14T07:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void aMomentHasAnOffsetOrATimeZone(Map<String, Object> scheduled, Instant expected) {
    Plan plan = READER.read(scheduled, NOW);
    assertThat(plan.timing()).isEqualTo(new Timing.At(expected));
    assertThat(plan.runs()).isEqualTo(1);
  }

  @Test
  void everyPolicyCanBeChosen() {
    Plan plan =
        read(
            "cron",
            "0 9 * * *",
            "misfire",
            "All",
            "overlap",
            "SKIP",
            "jitter",
            "90s",
            "until",
            "2027-01-01T00:00:00Z",
            "max_runs",
            3);
    assertThat(plan.policy())
        .isEqualTo(
            new Policy(
                Misfire.ALL,
                Overlap.SKIP,
                Duration.ofSeconds(90),
                java.util.Optional.of(Instant.parse("2027-01-01T00:00:00Z"))));
    assertThat(read("cron", "0 9 * * *", "jitter", 30).policy().jitter())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(read("cron", "0 9 * * *", "jitter", "PT2M").policy().jitter())
        .isEqualTo(Duration.ofMinutes(2));
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        refused("cron", "cron", "0 9 * * MON,"),
        refused("cron", "cron", "0 9 * * ,MON"),
        refused("cron", "cron", "0 9,,10 * * *"),
        refused("cron", "cron", "@reboot"),
        refused("cron", "cron", "@daily 5"),
        refused("timezone", "cron", "@daily", "timezone", ""),
        refused("timezone", "cron", "@daily", "timezone", " "),
        refused("interval", "interval", "months", "time_unit", 1, "repeat", 1),
        refused("interval", "interval", 5, "time_unit", 1),
        refused("interval", "time_unit", 5),
        refused("interval", "interval", null, "time_unit", 5),
        refused("time_unit", "interval", "minutes"),
        refused("time_unit", "interval", "minutes", "time_unit", 0),
        refused("time_unit", "interval", "minutes", "time_unit", -3),
        refused("time_unit", "interval", "minutes", "time_unit", "x"),
        refused("time_unit", "interval", "minutes", "time_unit", 1.5),
        refused("time_unit", "interval", "minutes", "time_unit", true),
        refused("time_unit", "interval", "minutes", "time_unit", List.of(1)),
        refused("time_unit", "interval", "minutes", "time_unit", "1e999999999"),
        refused("time_unit", "interval", "weeks", "time_unit", Long.MAX_VALUE),
        refused("repeat", "interval", "minutes", "time_unit", 1, "repeat", "abc"),
        refused("repeat", "interval", "minutes", "time_unit", 1, "repeat", -1),
        refused("repeat", "cron", "0 9 * * *", "repeat", 3),
        refused("max_runs", "cron", "0 9 * * *", "max_runs", 0),
        refused("cron", "cron", "every day"),
        refused("cron", "cron", List.of("0 9 * * *")),
        refused("cron", "cron", ""),
        refused("cron", "interval", "days", "time_unit", 1, "cron", "0 9 * * *"),
        refused("at", "cron", "0 9 * * *", "at", "2099-12-01T09:00:00Z"),
        refused("timezone", "cron", "0 9 * * *", "timezone", "Mars/Base"),
        refused("timezone", "cron", "0 9 * * *", "timezone", 3),
        refused("timezone", "interval", "days", "time_unit", 1, "timezone", "UTC"),
        refused("at", "at", "tomorrow"),
        refused("at", "at", "2020-01-01T00:00:00Z"),
        refused("at", "at", "2099-12-01T09:00:00"),
        refused("at", "at", "2099-02-30T09:00:00Z"),
        refused("at", "at", "+10000-01-01T00:00:00Z"),
        refused("at", "at", 1_900_000_000),
        refused("misfire", "cron", "0 9 * * *", "misfire", "twice"),
        refused("overlap", "cron", "0 9 * * *", "overlap", ""),
        refused("jitter", "cron", "0 9 * * *", "jitter", "soon"),
        refused("jitter", "cron", "0 9 * * *", "jitter", -5),
        refused("jitter", "cron", "0 9 * * *", "jitter", "2d"),
        refused("jitter", "interval", "minutes", "time_unit", 1, "jitter", "60s"),
        refused("until", "cron", "0 9 * * *", "until", "2026-11-21T08:30:00Z"),
        refused("until", "interval", "days", "time_unit", 1, "until", "2099-01-01T00:00:00"),
        refused("max_run", "cron", "0 9 * * *", "max_run", 3));
  }

  private static Arguments refused(String field, @Nullable Object... pairs) {
    return Arguments.of(field, object(pairs));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void whatMakesNoSenseIsRefusedByTheNameOfItsField(String field, Map<String, Object> scheduled) {
    assertThatThrownBy(() -> READER.read(scheduled, NOW))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.getMessage()).startsWith("scheduled." + field + ": ");
            });
  }

  @Test
  void whatIsNoObjectIsRefused() {
    for (Object scheduled : new Object[] {null, "daily", 5, List.of(), Map.of(), true}) {
      assertThatThrownBy(() -> READER.read(scheduled, NOW))
          .isInstanceOfSatisfying(
              ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
  }

  private static Plan read(@Nullable Object... pairs) {
    return READER.read(object(pairs), NOW);
  }

  private static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return new HashMap<>(object);
  }
}
