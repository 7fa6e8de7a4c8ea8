package io.pulzar.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.storage.ValueForm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored is read as it was. */
final class ScheduleFormsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123Z");

  static Stream<Timing> timings() {
    return Stream.of(
        new Timing.Interval(Timing.Unit.WEEKS, 3, NOW),
        new Timing.At(NOW.plusMillis(1)),
        new Timing.Cron(CronPattern.parse("0  9 * * MON-FRI"), ZoneId.of("America/Santiago")),
        new Timing.Cron(CronPattern.parse("*/5 * * * * *"), ZoneId.of("+05:45")));
  }

  @ParameterizedTest
  @MethodSource("timings")
  void aScheduleInEveryState(Timing timing) {
    for (Misfire misfire : Misfire.values()) {
      for (Overlap overlap : Overlap.values()) {
        Policy policy = new Policy(misfire, overlap, Duration.ofMillis(1_500), Optional.of(NOW));
        JobTemplate work = new JobTemplate("a/b", "{\"é\": 1}", Optional.of("/key"));
        Schedule schedule =
            Schedule.create(7, work, new Plan(timing, policy, 12), NOW.minusSeconds(1));
        assertThat(again(ScheduleForms.SCHEDULE, schedule)).isEqualTo(schedule);
        Schedule later =
            schedule
                .withRuns(2, List.of(new Due(NOW, NOW.plusMillis(3))), countsOf(1, 2, 3), 5)
                .with(Schedule.State.CANCELED, Optional.empty(), Optional.of(NOW));
        assertThat(again(ScheduleForms.SCHEDULE, later)).isEqualTo(later);
      }
    }
  }

  @Test
  void aPatternMeansTheSameAsBeforeItWasStored() {
    for (String text : List.of("20 * * * *", "20 0-23 * * *", "20 1 * * *", "0 0 13 * FRI")) {
      CronPattern pattern = CronPattern.parse(text);
      CronPattern again = CronPattern.parsedBefore(pattern.toString(), pattern.everyHour());
      assertThat(again).isEqualTo(pattern);
      assertThat(again.everyHour()).isEqualTo(pattern.everyHour());
      Timing.Cron timing = new Timing.Cron(pattern, ZoneId.of("UTC"));
      assertThat(new Timing.Cron(again, ZoneId.of("UTC")).nextAfter(NOW))
          .isEqualTo(timing.nextAfter(NOW));
    }
  }

  @Test
  void aRunBeforeAndAfterItsEnd() {
    ScheduledRun run =
        new ScheduledRun(new ScheduledRun.Key(3, 4), 5, NOW, NOW.plusMillis(9), Optional.empty());
    assertThat(again(ScheduleForms.EXECUTION, run)).isEqualTo(run);
    for (ScheduledRun.Result result : ScheduledRun.Result.values()) {
      ScheduledRun ended = run.ended(new ScheduledRun.End(result, NOW));
      assertThat(again(ScheduleForms.EXECUTION, ended)).isEqualTo(ended);
      assertThat(ScheduleForms.result(ScheduleForms.number(result))).isEqualTo(result);
    }
  }

  @Test
  void theClock() {
    ClockState still = new ClockState(NOW, Optional.empty());
    ClockState moving =
        new ClockState(NOW, Optional.of(new ClockState.Shift(Duration.ofHours(1), 300, 200)));
    assertThat(again(ScheduleForms.CLOCK, still)).isEqualTo(still);
    assertThat(again(ScheduleForms.CLOCK, moving)).isEqualTo(moving);
  }

  private static Schedule.Counts countsOf(long runs, long missed, long overlapped) {
    return new Schedule.Counts(runs, missed, overlapped);
  }

  private static <V> V again(ValueForm<V> form, V value) {
    return form.read(ByteBuffer.wrap(form.write(value)));
  }
}
