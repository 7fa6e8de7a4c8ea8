package io.pulzar.schedules;

import static io.pulzar.schedules.DueRunnerFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.schedules.ClockState.Shift;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the master's clock, by an hour, at half past ten. */
final class SetClockTest {

  private static final Map<String, Object> EVERY_TEN_MINUTES =
      Map.of("interval", "minutes", "time_unit", 10, "overlap", "allow");
  private static final Map<String, Object> HOURLY =
      Map.of("cron", "20 * * * *", "overlap", "allow");
  private static final Map<String, Object> DAILY = Map.of("cron", "0 10 * * *", "overlap", "allow");
  private static final Map<String, Object> DAILY_AT_ELEVEN =
      Map.of("cron", "0 11 * * *", "overlap", "allow");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant HALF_PAST_TEN = START.plus(Duration.ofMinutes(150));

  @TempDir private Path directory;
  private DueRunnerFixture master;

  @BeforeEach
  void open() {
    master = new DueRunnerFixture(directory, DueRunnerFixture.settings());
  }

  @AfterEach
  void close() {
    master.close();
  }

  private List<Instant> until(Instant moment) {
    List<Instant> started = new ArrayList<>();
    while (master.clock.instant().isBefore(moment)) {
      started.addAll(master.rounds(MINUTE, MINUTE));
    }
    return started;
  }

  @Test
  void setBackAnIntervalGoesOnInElapsedTime() {
    master.schedule(EVERY_TEN_MINUTES);
    assertThat(until(HALF_PAST_TEN)).hasSize(15);
    master.set(HOUR.negated());
    assertThat(master.round()).isEmpty();
    assertThat(master.rounds(Duration.ofMinutes(30), MINUTE))
        .containsExactly(time("09:40"), time("09:50"), time("10:00"));
  }

  @Test
  void setBackAPatternForEveryHourRunsWhenTheClockShowsIt() {
    master.schedule(HOURLY);
    assertThat(until(HALF_PAST_TEN)).hasSize(3);
    master.set(HOUR.negated());
    assertThat(master.rounds(Duration.ofHours(2), MINUTE))
        .containsExactly(time("10:20"), time("11:20"));
  }

  @Test
  void setBackADailyRunDoesNotComeTwice() {
    master.schedule(DAILY);
    assertThat(until(HALF_PAST_TEN)).containsExactly(time("10:00"));
    master.set(HOUR.negated());
    assertThat(master.rounds(Duration.ofHours(12), MINUTE)).isEmpty();
    assertThat(master.rounds(Duration.ofHours(13), MINUTE)).hasSize(1);
  }

  @Test
  void setBackADailyRunThatIsAheadWaitsForItsTime() {
    master.schedule(DAILY_AT_ELEVEN);
    until(HALF_PAST_TEN);
    master.set(HOUR.negated());
    assertThat(master.rounds(Duration.ofMinutes(89), MINUTE)).isEmpty();
    assertThat(master.rounds(MINUTE, MINUTE)).containsExactly(time("11:00"));
  }

  @Test
  void setForwardIsAnOutage() {
    master.schedule(EVERY_TEN_MINUTES);
    master.schedule(HOURLY);
    master.schedule(DAILY_AT_ELEVEN);
    until(HALF_PAST_TEN);
    master.set(HOUR);
    assertThat(master.round())
        .containsExactlyInAnyOrder(time("11:30"), time("11:20"), time("11:00"));
    assertThat(master.schedule(1).counts().missed()).isEqualTo(5);
    assertThat(master.rounds(Duration.ofMinutes(10), MINUTE)).containsExactly(time("11:40"));
  }

  @Test
  void forwardAndBackAgainRepeatsNothing() {
    master.schedule(DAILY_AT_ELEVEN);
    until(HALF_PAST_TEN);
    master.set(HOUR);
    assertThat(master.round()).containsExactly(time("11:00"));
    master.set(HOUR.negated());
    assertThat(master.rounds(Duration.ofHours(3), MINUTE)).isEmpty();
  }

  @Test
  void aSmallCorrectionChangesNothing() {
    master.schedule(EVERY_TEN_MINUTES);
    until(HALF_PAST_TEN);
    master.set(Duration.ofMillis(-1_900));
    master.round();
    assertThat(master.schedule(1).next().orElseThrow().at()).isEqualTo(time("10:40"));
  }

  @Test
  void setBackWhileTheMasterWasDownIsNoticedAtTheStart() {
    master.schedule(EVERY_TEN_MINUTES);
    until(HALF_PAST_TEN);
    master.set(HOUR.negated());
    master.restart();
    assertThat(master.rounds(Duration.ofMinutes(30), MINUTE)).hasSize(3);
  }

  @Test
  void aMoveThatAKillInterruptedIsFinishedOnce() {
    for (int n = 0; n < 300; n++) {
      master.schedule(EVERY_TEN_MINUTES);
    }
    until(START.plus(Duration.ofMinutes(5)));
    master.set(Duration.ofMinutes(-5));
    // As a kill after the first 200 leaves it: those are moved, the others are not.
    ClockState state =
        new ClockState(
            master.clock.instant(), Optional.of(new Shift(Duration.ofMinutes(5), 300, 200)));
    master
        .jobs
        .runs()
        .database()
        .writeAndWait(
            tx -> {
              tx.put(ScheduleTables.CLOCK, ScheduleTables.THE_CLOCK, state);
              return true;
            });
    master.restart();
    assertThat(master.schedule(200).next().orElseThrow().at()).isEqualTo(time("08:10"));
    assertThat(master.schedule(201).next().orElseThrow().at()).isEqualTo(time("08:05"));
    master.restart();
    assertThat(master.schedule(201).next().orElseThrow().at()).isEqualTo(time("08:05"));
  }

  @Test
  void everyScheduleIsMovedHoweverManyThereAre() {
    for (int n = 0; n < 450; n++) {
      master.schedule(EVERY_TEN_MINUTES);
    }
    master.pass(MINUTE);
    master.round();
    master.set(HOUR.negated());
    master.round();
    for (int n = 1; n <= 450; n++) {
      assertThat(master.schedule(n).next().orElseThrow().at()).isEqualTo(time("07:10"));
    }
  }

  private static Instant time(String clock) {
    return Instant.parse("2026-11-21T" + clock + ":00Z");
  }
}
