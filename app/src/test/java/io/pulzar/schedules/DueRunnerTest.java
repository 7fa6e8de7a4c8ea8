package io.pulzar.schedules;

import static io.pulzar.schedules.DueRunnerFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.StoredData;
import io.pulzar.schedules.Schedule.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to due times, rule by rule. */
final class DueRunnerTest {

  private static final Map<String, Object> EVERY_MINUTE =
      Map.of("interval", "minutes", "time_unit", 1, "overlap", "allow");
  private static final Map<String, Object> IN_A_MINUTE = Map.of("at", START.plusSeconds(60) + "");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int QUEUE = 1_000;

  @TempDir private Path directory;
  private final Set<String> lost = ConcurrentHashMap.newKeySet();
  private DueRunnerFixture master;

  @BeforeEach
  void open() {
    master =
        new DueRunnerFixture(
            directory,
            DueRunnerFixture.settings(),
            QUEUE,
            key -> {
              if (lost.contains(key)) {
                throw new IllegalStateException("the index of values does not answer");
              }
              return Optional.empty();
            });
  }

  @AfterEach
  void close() {
    master.close();
  }

  @Test
  void aRunIsHandedOverAtItsTimeAndOnce() {
    long id = master.schedule(IN_A_MINUTE);
    master.pass(MINUTE.minusMillis(1));
    assertThat(master.round()).isEmpty();
    master.pass(Duration.ofMillis(1));
    assertThat(master.round()).containsExactly(START.plus(MINUTE));
    assertThat(master.round()).isEmpty();
    assertThat(master.schedule(id).state()).isEqualTo(State.FINISHED);
  }

  @Test
  void aThousandThatAreDueInOneMomentStartOnceEach() {
    List<Long> ids = new ArrayList<>();
    for (int n = 0; n < QUEUE; n++) {
      ids.add(master.schedule(IN_A_MINUTE));
    }
    master.pass(MINUTE);
    assertThat(master.round()).hasSize(QUEUE);
    assertThat(master.round()).isEmpty();
    assertThat(master.jobs.schedules()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void aMasterThatWasKilledGoesOnWhereItStopped() {
    long id = master.schedule(EVERY_MINUTE);
    List<Instant> started = new ArrayList<>();
    for (int minute = 0; minute < 10; minute++) {
      master.pass(MINUTE);
      if (minute % 2 == 0) {
        master.restart();
      }
      started.addAll(master.round());
      master.restart();
    }
    assertThat(started).doesNotHaveDuplicates().hasSize(10);
    assertThat(master.schedule(id).counts()).isEqualTo(new Schedule.Counts(10, 0, 0));
  }

  @Test
  void whatFindsTheQueueFullStaysDue() {
    master.jobs.begun();
    master.jobs.stopTaking();
    for (int n = 0; n < QUEUE + 50; n++) {
      master.schedule(IN_A_MINUTE);
    }
    master.pass(MINUTE);
    master.round();
    // The node had asked for one, which is not in the queue any more.
    assertThat(master.jobs.schedules()).hasSizeBetween(QUEUE, QUEUE + 1);
    assertThat(master.store.due(Optional.empty(), master.clock.instant(), 100))
        .hasSizeBetween(49, 50);
  }

  @Test
  void oneThatCannotBeHandedOverStaysDueAndHoldsUpNoOther() {
    lost.add("/key");
    master.schedule(IN_A_MINUTE);
    long broken = master.schedule(IN_A_MINUTE, Optional.of("/key"));
    master.schedule(IN_A_MINUTE);
    master.pass(MINUTE);
    assertThat(master.round()).hasSize(2);
    assertThat(master.schedule(broken).counts().runs()).isZero();
    lost.clear();
    master.pass(MINUTE);
    assertThat(master.round()).containsExactly(START.plus(MINUTE));
    assertThat(master.schedule(broken).counts().runs()).isEqualTo(1);
  }

  @Test
  void whatPassedWhileTheMasterWasDownFollowsTheMisfirePolicy() {
    master.schedule(with("misfire", "once"));
    master.schedule(with("misfire", "skip"));
    master.schedule(with("misfire", "all"));
    master.pass(MINUTE.multipliedBy(10).plusSeconds(40));
    master.restart();
    assertThat(master.round())
        .containsExactly(
            at(10), /* once */ at(6), at(7), at(8), at(9), at(10) /* all, five at most */);
    assertThat(master.schedule(1).counts()).isEqualTo(new Schedule.Counts(1, 9, 0));
    assertThat(master.schedule(2).counts()).isEqualTo(new Schedule.Counts(0, 10, 0));
    assertThat(master.schedule(3).counts()).isEqualTo(new Schedule.Counts(5, 5, 0));
  }

  @Test
  void oneRunWaitsForTheOneBeforeAlsoOverARestart() {
    long id = master.schedule(with("overlap", "queue_one"));
    master.pass(MINUTE);
    master.round();

    assertThat(master.rounds(MINUTE.multipliedBy(3), MINUTE)).isEmpty();
    assertThat(master.schedule(id).waiting()).hasSize(1);
    master.restart();
    master.jobs.end(1, true);
    assertThat(master.round()).containsExactly(at(2));
    assertThat(master.schedule(id).counts()).isEqualTo(new Schedule.Counts(2, 0, 2));
  }

  @Test
  void anEndThatNobodyNotedIsFoundAtTheNextStart() {
    long id = master.schedule(with("overlap", "queue_one"));
    master.rounds(MINUTE.multipliedBy(2), MINUTE);
    // The job ends and the master is killed before it takes note of that.
    master.jobs.end(1, true);
    master.restart();
    assertThat(master.round()).containsExactly(at(2));
    assertThat(master.store.runs(id))
        .extracting(run -> run.end().map(ScheduledRun.End::result))
        .containsExactly(Optional.empty(), Optional.of(ScheduledRun.Result.OK));
  }

  @Test
  void howRunsEndIsKeptAndListed() {
    master.schedule(EVERY_MINUTE);
    master.rounds(MINUTE.multipliedBy(2), MINUTE);
    master.jobs.end(1, true);
    master.jobs.end(2, false);
    master.round();
    ScheduleHistory history = new ScheduleHistory(master.store, master.jobs.runs());
    assertThat(history.ended(ScheduledRun.Result.OK, 10))
        .extracting(ScheduleViews.ListedRun::execId)
        .containsExactly(1L);
    assertThat(history.ended(ScheduledRun.Result.FAILED, 10))
        .extracting(ScheduleViews.ListedRun::error)
        .containsExactly("broken");
    assertThat(history.details(1, 10).lastExecutions())
        .extracting(ScheduleViews.Run::state, ScheduleViews.Run::log, ScheduleViews.Run::output)
        .containsExactly(
            tuple("failed", "its log\n", "its output"), tuple("ok", "its log\n", "its output"));
  }

  @Test
  void onlyTheLastRunsOfAScheduleAreKept() {
    long id = master.schedule(EVERY_MINUTE);
    for (int n = 1; n <= 12; n++) {
      master.rounds(MINUTE, MINUTE);
      if (n != 2) {
        master.jobs.end(n, true);
      }
    }
    master.rounds(MINUTE, MINUTE);
    assertThat(master.store.runs(id))
        .as("five, and one that still runs")
        .extracting(ScheduledRun::job)
        .containsExactly(13L, 12L, 11L, 10L, 9L, 2L);
    assertThat(master.jobs.state(8)).isEqualTo("forgotten");
    assertThat(master.store.ended(ScheduledRun.Result.OK, 100)).hasSize(4);
  }

  @Test
  void oldRunsAndSchedulesThatAreOverAreForgotten() {
    long lasting = master.schedule(EVERY_MINUTE);
    long finished = master.schedule(IN_A_MINUTE);
    long canceled = master.schedule(EVERY_MINUTE);
    DueRunnerFixture.join(master.schedules.cancel(canceled));
    master.rounds(MINUTE, MINUTE);
    master.jobs.end(1, true);
    master.jobs.end(2, true);
    master.round();
    master.retention(master.clock).run(() -> true);
    assertThat(master.store.newest(10, schedule -> schedule)).hasSize(3);
    master.pass(Duration.ofDays(91));
    master.retention(master.clock).run(() -> true);
    assertThat(master.store.newest(10, schedule -> schedule))
        .extracting(Schedule::id)
        .containsExactly(lasting);
    assertThat(master.store.runs(lasting)).isEmpty();
    assertThat(master.store.runs(finished)).isEmpty();
    assertThat(master.jobs.schedules()).isEmpty();
  }

  @Test
  void theFilesOfARunStayWhenItGivesWayAndGoWhenItIsOld(@TempDir Path other) {
    List<Long> withoutFiles = new ArrayList<>();
    StoredData files =
        new StoredData() {
          @Override
          public Optional<Holder> find(String key) {
            return Optional.empty();
          }

          @Override
          public CompletionStage<Boolean> removeFilesOf(long job) {
            withoutFiles.add(job);
            return CompletableFuture.completedStage(true);
          }
        };
    DueRunnerFixture kept = new DueRunnerFixture(other, DueRunnerFixture.settings(), 10_000, files);
    try (kept) {
      long id = kept.schedule(EVERY_MINUTE);
      for (int run = 1; run <= 7; run++) {
        kept.rounds(MINUTE, MINUTE);
        kept.jobs.end(run, true);
      }
      kept.round();
      kept.retention(kept.clock).run(() -> true);
      assertThat(kept.store.runs(id)).hasSize(5);
      assertThat(withoutFiles).as("of the two runs that were pushed out").isEmpty();
      kept.pass(Duration.ofDays(91));
      kept.retention(kept.clock).run(() -> true);
      assertThat(withoutFiles).containsExactly(3L, 4L, 5L, 6L, 7L);
    }
  }

  @Test
  void aRunWhoseFilesCannotBeRemovedIsKeptUntilTheyCan(@TempDir Path other) {
    AtomicBoolean reachable = new AtomicBoolean();
    StoredData files =
        new StoredData() {
          @Override
          public Optional<Holder> find(String key) {
            return Optional.empty();
          }

          @Override
          public CompletionStage<Boolean> removeFilesOf(long job) {
            return reachable.get()
                ? CompletableFuture.completedStage(true)
                : CompletableFuture.failedStage(new IllegalStateException("the disk is full"));
          }
        };
    DueRunnerFixture kept = new DueRunnerFixture(other, DueRunnerFixture.settings(), 10_000, files);
    try (kept) {
      long id = kept.schedule(IN_A_MINUTE);
      kept.rounds(MINUTE, MINUTE);
      kept.jobs.end(1, true);
      kept.round();
      kept.pass(Duration.ofDays(91));
      assertThatThrownBy(() -> kept.retention(kept.clock).run(() -> true))
          .hasRootCauseMessage("the disk is full");
      assertThat(kept.store.runs(id)).hasSize(1);
      reachable.set(true);
      kept.retention(kept.clock).run(() -> true);
      assertThat(kept.store.runs(id)).isEmpty();
    }
  }

  @Test
  void ofSchedulesThatAreOverOnlySomeAreKept() {
    for (int n = 0; n < 120; n++) {
      master.schedule(IN_A_MINUTE);
    }
    master.rounds(MINUTE, MINUTE);
    for (long job = 1; job <= 119; job++) {
      master.jobs.end(job, true);
    }
    master.round();
    master.retention(master.clock).run(() -> true);
    assertThat(master.store.newest(1_000, schedule -> schedule)).hasSize(100);
  }

  @Test
  void aScheduleWhoseRunGoesOnIsNotForgotten() {
    long id = master.schedule(IN_A_MINUTE);
    master.rounds(MINUTE, MINUTE);
    master.pass(Duration.ofDays(100));
    master.retention(master.clock).run(() -> true);
    assertThat(master.schedule(id).active()).isEqualTo(1);
    master.jobs.end(1, true);
    master.round();
    assertThat(master.schedule(id).active()).isZero();
  }

  @Test
  void cancelingStopsRunsThatHaveNotBegun() {
    master.jobs.begun();
    master.jobs.stopTaking();
    master.schedule(EVERY_MINUTE);
    master.pass(MINUTE);
    master.round();
    long id = master.schedule(EVERY_MINUTE);
    master.rounds(MINUTE, MINUTE);
    List<Long> waiting = master.store.runs(id).stream().map(ScheduledRun::job).toList();
    DueRunnerFixture.join(master.schedules.cancel(id));
    assertThat(waiting).hasSize(1);
    assertThat(master.jobs.state(waiting.getFirst())).isEqualTo("canceled");
    master.rounds(MINUTE.multipliedBy(3), MINUTE);
    assertThat(master.store.runs(id))
        .extracting(run -> run.end().map(ScheduledRun.End::result))
        .containsExactly(Optional.of(ScheduledRun.Result.CANCELED));
    assertThat(master.schedule(id).active()).isZero();
  }

  @Test
  void nothingIsDueWhilePausedNorMadeUpForLater() {
    long id = master.schedule(EVERY_MINUTE);
    DueRunnerFixture.join(master.schedules.pause(id));
    assertThat(master.rounds(MINUTE.multipliedBy(5), MINUTE)).isEmpty();
    master.pass(Duration.ofSeconds(10));
    DueRunnerFixture.join(master.schedules.resume(id));
    assertThat(master.rounds(MINUTE.multipliedBy(2), MINUTE)).containsExactly(at(6), at(7));
  }

  @Test
  void thereAreOnlySoManySchedules() {
    for (int n = 0; n < 2_000; n++) {
      master.schedule(IN_A_MINUTE);
    }
    assertThatThrownBy(() -> master.schedule(IN_A_MINUTE))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("pulzar.schedules.most");
    DueRunnerFixture.join(master.schedules.cancel(1));
    assertThat(master.schedule(IN_A_MINUTE)).isEqualTo(2_001);
  }

  private static Instant at(int minute) {
    return START.plus(MINUTE.multipliedBy(minute));
  }

  private static Map<String, Object> with(String field, String value) {
    Map<String, Object> scheduled = new HashMap<>(EVERY_MINUTE);
    scheduled.put(field, value);
    return scheduled;
  }
}
