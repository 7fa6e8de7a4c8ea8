package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.storage.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobStoreTest {

  private static final LeaseHolder NODE = new LeaseHolder("one", "life");
  private static final Submission SUBMISSION =
      new Submission("a/b", "{\"x\": 1}", Optional.of("/k"), Optional.of("one"), Optional.of(9L));

  @TempDir private Path directory;
  private final List<Long> withoutFiles = new ArrayList<>();
  private MasterFixture master;

  @BeforeEach
  void open() {
    master = new MasterFixture(directory);
  }

  @AfterEach
  void close() {
    master.close();
  }

  @Test
  void idsStartAtOneAndGrow() {
    assertThat(accept(Optional.empty())).isEqualTo(1);
    assertThat(accept(Optional.empty())).isEqualTo(2);
    master.restart();
    assertThat(accept(Optional.empty())).isEqualTo(3);
  }

  @Test
  void aJobIsReadBackAsItWasWritten() {
    long id = accept(Optional.empty());
    JobRecord job = master.job(id);
    assertThat(job.submission()).isEqualTo(SUBMISSION);
    assertThat(job.created()).isEqualTo(master.clock.instant());
    master.dispatcher.offer(job);
    var attempt = master.take(NODE);
    master.settle();
    assertThat(master.job(id).state())
        .isEqualTo(new JobState.Running(NODE, master.clock.instant(), false, false));
    master.finish(NODE, attempt, AttemptResult.FAILED);
    assertThat(master.job(id).state())
        .isEqualTo(
            new JobState.Ended(
                JobState.End.FAILED,
                Optional.of("one"),
                Optional.of(master.clock.instant()),
                master.clock.instant(),
                Optional.of("broken"),
                Optional.empty()));
  }

  @Test
  void anEndAndWhatAnotherFeatureNotesOfItAreStoredTogetherOrNotAtAll() {
    List<EndedJob> noted = new ArrayList<>();
    long id = master.submit();
    var attempt = master.take(NODE);
    master.endNotes.add(
        (tx, job) -> {
          throw new IllegalStateException("no note");
        });
    assertThatThrownBy(() -> master.finish(NODE, attempt, AttemptResult.FAILED))
        .hasMessageContaining("no note");
    assertThat(master.isHeld(id)).isTrue();
    master.endNotes.set(0, (tx, job) -> noted.add(job));
    master.finish(NODE, attempt, AttemptResult.FAILED);
    assertThat(master.state(id)).isEqualTo("failed");
    assertThat(noted.getLast())
        .isEqualTo(
            new EndedJob(
                id, "a/script", Optional.empty(), JobRuns.Word.FAILED, master.clock.instant()));
    long canceled = master.submit();
    master.dispatcher.cancel(canceled).toCompletableFuture().join();
    assertThat(noted.getLast())
        .extracting(EndedJob::id, EndedJob::word)
        .containsExactly(canceled, JobRuns.Word.CANCELED);
  }

  @Test
  void anIdempotencyKeyNamesItsFirstJobForADay() {
    long first = accept(Optional.of("key"));
    assertThat(accept(Optional.of("key"))).isEqualTo(first);
    assertThat(accept(Optional.of("other"))).isNotEqualTo(first);
    master.restart();
    assertThat(accept(Optional.of("key"))).isEqualTo(first);
    master.clock.advance(Duration.ofHours(24));
    assertThat(accept(Optional.of("key"))).isNotEqualTo(first);
  }

  @Test
  void idempotencyKeysAreBounded() {
    for (int key = 0; key < 100; key++) {
      accept(Optional.of("key" + key));
    }
    assertThatThrownBy(() -> accept(Optional.of("one more")))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("pulzar.jobs.idempotency-keys");
    assertThat(master.store.newest(1).getFirst().id()).isEqualTo(100);
    assertThat(accept(Optional.of("key7"))).isEqualTo(8);
  }

  @Test
  void listsHaveTheNewestFirst() {
    for (int job = 0; job < 5; job++) {
      master.submit();
    }
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    master.finish(NODE, master.take(NODE), AttemptResult.FAILED);
    assertThat(ids(master.store.newest(Kind.COMPLETED, 10))).containsExactly(2L, 1L);
    assertThat(ids(master.store.newest(Kind.COMPLETED, 1))).containsExactly(2L);
    assertThat(ids(master.store.newest(Kind.FAILED, 10))).containsExactly(3L);
    assertThat(ids(master.store.newest(Kind.PENDING, 10))).containsExactly(5L, 4L);
    assertThat(ids(master.store.newest(2))).containsExactly(5L, 4L);
    assertThat(master.store.unfinished()).extracting(JobRecord::id).containsExactly(4L, 5L);
  }

  @Test
  void historyIsBoundedByNumber() {
    for (int job = 0; job < 130; job++) {
      master.submit();
      master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    }
    long pending = master.submit();
    assertThat(retention(Duration.ofDays(1), 10).run(() -> true)).isEqualTo(120);
    assertThat(ids(master.store.newest(Kind.COMPLETED, 1_000)))
        .hasSize(10)
        .startsWith(130L)
        .endsWith(121L);
    assertThat(master.store.find(1)).isEmpty();
    assertThat(master.store.pieces(1)).isEmpty();
    assertThat(master.state(pending)).isEqualTo("pending");
  }

  @Test
  void theFilesOfAnOldJobGoWithIt() {
    long old = master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    master.clock.advance(Duration.ofDays(2));
    retention(Duration.ofDays(1), 1_000).run(() -> true);
    assertThat(withoutFiles).containsExactly(old);
    assertThat(master.store.newest(10)).isEmpty();
  }

  @Test
  void theFilesOfAJobThatOnlyGivesWayStay() {
    master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    long kept = master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    retention(Duration.ofDays(1), 1).run(() -> true);
    assertThat(ids(master.store.newest(10))).containsExactly(kept);
    assertThat(withoutFiles).isEmpty();
  }

  @Test
  void historyIsBoundedByAge() {
    master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    master.clock.advance(Duration.ofDays(2));
    long young = master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    long waiting = master.submit();
    assertThat(retention(Duration.ofDays(1), 1_000).run(() -> true)).isEqualTo(1);
    assertThat(ids(master.store.newest(10))).containsExactly(waiting, young);
    for (Table<?, ?> table : List.of(JobTables.BY_END, JobTables.PIECES)) {
      assertThat(master.database.statistics(table).entries()).isEqualTo(1);
    }
  }

  @Test
  void idempotencyKeysAreForgottenAfterTheirDay() {
    accept(Optional.of("key"));
    master.clock.advance(Duration.ofHours(25));
    retention(Duration.ofDays(9), 1_000).run(() -> true);
    assertThat(master.database.statistics(JobTables.IDEMPOTENCY).entries()).isZero();
    assertThat(master.database.statistics(JobTables.IDEMPOTENCY_BY_AGE).entries()).isZero();
  }

  @Test
  void aForgottenIdIsNotUsedAgain() {
    master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    master.clock.advance(Duration.ofDays(2));
    retention(Duration.ofDays(1), 1_000).run(() -> true);
    master.restart();
    assertThat(accept(Optional.empty())).isEqualTo(2);
  }

  private long accept(Optional<String> key) {
    return MasterFixture.join(() -> master.store.accept(SUBMISSION, key, master.clock.instant()))
        .id();
  }

  @Test
  void aStopDoesNotWaitForTheRestOfARetention() {
    for (int job = 0; job < 120; job++) {
      long id = master.submit();
      master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
      assertThat(master.state(id)).isEqualTo("completed");
    }
    master.clock.advance(Duration.ofDays(2));
    int[] asked = {0};
    assertThat(retention(Duration.ofDays(1), 1_000).run(() -> asked[0]++ < 55)).isEqualTo(50);
    assertThat(retention(Duration.ofDays(1), 1_000).run(() -> true)).isEqualTo(70);
  }

  private Retention retention(Duration age, int most) {
    return new Retention(
        master.database, master.clock, age, most, Duration.ofDays(1), withoutFiles::add);
  }

  private static List<Long> ids(List<ListedJob> jobs) {
    return jobs.stream().map(ListedJob::id).toList();
  }
}
