package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.Commands;
import io.pulzar.jobs.JobOperations.PollReply;
import io.pulzar.storage.StorageUnavailableException;
import io.pulzar.upkeep.RunningTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DispatcherTest {

  private static final LeaseHolder NODE = new LeaseHolder("one", "first life");
  private static final LeaseHolder OTHER = new LeaseHolder("two", "its life");
  private static final Duration MORE_THAN_A_LEASE = MasterFixture.LEASE.plusSeconds(1);

  @TempDir private Path directory;
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
  void jobsStartInTheOrderOfTheirIds() {
    long first = master.submit();
    long second = master.submit();
    assertThat(master.take(NODE)).isEqualTo(new AttemptId(first, 1));
    assertThat(master.take(OTHER)).isEqualTo(new AttemptId(second, 1));
  }

  @Test
  void aWaitingNodeGetsAJobAtOnce() {
    CompletableFuture<PollReply> waiting = master.ask(NODE);
    assertThat(waiting).isNotDone();
    long job = master.submit();
    assertThat(waiting.join().lease().orElseThrow().attempt().job()).isEqualTo(job);
    master.settle();
    assertThat(master.isHeld(job)).isTrue();
  }

  @Test
  void aJobRunsForItsClientsFromTheMomentItsScriptWasSeenAtWork() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    assertThat(master.state(job)).isEqualTo("pending");
    assertThat(master.write(NODE, attempt, 0, "")).isTrue();
    assertThat(master.state(job)).isEqualTo("running");
  }

  @Test
  void theNodeWithTheMostFreeSlotsIsServedFirst() {
    CompletableFuture<PollReply> one = master.ask(NODE);
    CompletableFuture<PollReply> two = master.ask(OTHER);
    CompletableFuture<PollReply> more = master.ask(OTHER);
    master.submit();
    assertThat(two).isDone();
    assertThat(one).isNotDone();
    assertThat(more).isNotDone();
  }

  @Test
  void whereSlotsAreEqualTheNodeWithMoreHeadroomIsServedFirst() {
    master.nodes.headroom.put("one", 0.2);
    master.nodes.headroom.put("two", 0.3);
    CompletableFuture<PollReply> one = master.ask(NODE);
    CompletableFuture<PollReply> two = master.ask(OTHER);
    master.submit();
    assertThat(two).isDone();
    assertThat(one).isNotDone();
  }

  @Test
  void aJobGoesToTheNodeThatHasItsValueInTheCache() {
    master.submitOn("/data/one");
    master.take(NODE);
    CompletableFuture<PollReply> cached = master.ask(NODE);
    List<CompletableFuture<PollReply>> emptier = List.of(master.ask(OTHER), master.ask(OTHER));
    long job = master.submitOn("/data/one");
    assertThat(cached.join().lease().orElseThrow().attempt().job()).isEqualTo(job);
    master.submitOn("/data/two");
    assertThat(emptier).filteredOn(CompletableFuture::isDone).hasSize(1);
  }

  @Test
  void aJobDoesNotWaitForTheNodeThatHasItsValueInTheCacheWhenThatIsBusy() {
    master.submitOn("/data/one");
    master.take(NODE);
    CompletableFuture<PollReply> other = master.ask(OTHER);
    master.submitOn("/data/one");
    assertThat(other).isDone();
    CompletableFuture<PollReply> one = master.ask(NODE);
    CompletableFuture<PollReply> two = master.ask(OTHER);
    CompletableFuture<PollReply> third = master.ask(new LeaseHolder("three", "its life"));
    master.submitOn("/data/one");
    master.submitOn("/data/one");
    assertThat(one).isDone();
    assertThat(two).isDone();
    assertThat(third).isNotDone();
  }

  @Test
  void aNodeThatIsGivenNoJobsGetsNoneForItsCacheEither() {
    master.submitOn("/data/one");
    master.take(NODE);
    master.nodes.closed.add("one");
    CompletableFuture<PollReply> cached = master.ask(NODE);
    CompletableFuture<PollReply> other = master.ask(OTHER);
    master.submitOn("/data/one");
    assertThat(cached).isNotDone();
    assertThat(other).isDone();
  }

  @Test
  void noJobWaitsForABetterNodeThatIsBusyWhileALesserOneIsFree() {
    master.nodes.headroom.put("one", 0.01);
    master.nodes.headroom.put("two", 0.99);
    master.submit();
    master.take(OTHER);
    CompletableFuture<PollReply> lesser = master.ask(NODE);
    master.submit();
    assertThat(lesser).isDone();
  }

  @Test
  void aBatchIsSharedSoThatTheFreeSlotsStayEqual() {
    List<CompletableFuture<PollReply>> one = List.of(master.ask(NODE), master.ask(NODE));
    List<CompletableFuture<PollReply>> two = List.of(master.ask(OTHER), master.ask(OTHER));
    master.submit();
    master.submit();
    assertThat(one).filteredOn(CompletableFuture::isDone).hasSize(1);
    assertThat(two).filteredOn(CompletableFuture::isDone).hasSize(1);
  }

  @Test
  void aJobThatCannotBeReadKeepsNoOtherWaiting() {
    long bad = master.submitScript("a/unreadable");
    long good = master.submit();
    master.damage("a/unreadable");
    assertThat(master.ask(NODE).join().lease()).isEmpty();
    assertThat(master.take(NODE).job()).isEqualTo(good).isNotEqualTo(bad);
    master.pass(MORE_THAN_A_LEASE);
    assertThat(master.take(OTHER).job()).isEqualTo(good);
  }

  @Test
  void aJobThatCannotBeHandedOutWhileTheStorageIsAwayKeepsItsPlace() {
    long first = master.submit();
    long second = master.submit();
    master.away = Optional.of("it does not answer");
    assertThatThrownBy(() -> master.ask(NODE).join())
        .hasCauseInstanceOf(StorageUnavailableException.class);
    master.away = Optional.empty();
    assertThat(master.take(NODE)).isEqualTo(new AttemptId(first, 1));
    assertThat(master.take(NODE)).isEqualTo(new AttemptId(second, 1));
  }

  @Test
  void theEndOfAJobThatCannotBeReadAnyMoreIsReportedOnce() {
    master.submitScript("a/unreadable");
    AttemptId attempt = master.take(NODE);
    master.settle();
    master.damage("a/unreadable");
    assertThat(master.write(NODE, attempt, 0, "a line")).isFalse();
    assertThat(master.finish(NODE, attempt, AttemptResult.FAILED)).isFalse();
    assertThat(master.dispatcher.counts().running()).isZero();
  }

  @Test
  void aNodeThatIsNotFitGetsNothingUntilItIs() {
    master.nodes.closed.add("one");
    CompletableFuture<PollReply> waiting = master.ask(NODE);
    long job = master.submit();
    assertThat(waiting).isNotDone();
    master.nodes.closed.clear();
    master.pass(Duration.ofMillis(200));
    assertThat(waiting.join().lease().orElseThrow().attempt().job()).isEqualTo(job);
  }

  @Test
  void jobsThatNoNodeMayRunHoldNobodyUp() {
    for (int job = 0; job < 50; job++) {
      master.submit(Optional.of("nowhere " + job % 7));
    }
    long first = master.submit();
    long second = master.submit();
    assertThat(master.take(NODE).job()).isEqualTo(first);
    assertThat(master.take(NODE).job()).isEqualTo(second);
    assertThat(master.ask(NODE)).isNotDone();
  }

  @Test
  void aPlacedJobWaitsForItsNode() {
    long placed = master.submit(Optional.of("two"));
    long free = master.submit();
    assertThat(master.take(NODE).job()).isEqualTo(free);
    assertThat(master.take(OTHER).job()).isEqualTo(placed);
  }

  @Test
  void aQuestionIsAnsweredWithNothingAfterItsTime() {
    CompletableFuture<PollReply> waiting = master.ask(NODE);
    master.pass(JobOperations.PATIENCE.plusSeconds(1));
    assertThat(waiting.join().lease()).isEmpty();
    long job = master.submit();
    assertThat(master.take(NODE).job()).isEqualTo(job);
  }

  @Test
  void aCompletedJobIsCompletedForGood() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    assertThat(master.finish(NODE, attempt, AttemptResult.COMPLETED)).isTrue();
    assertThat(master.finish(NODE, attempt, AttemptResult.FAILED)).isFalse();
    assertThat(master.state(job)).isEqualTo("completed");
    assertThat(JobViews.log(master.store.pieces(job))).isEqualTo("the end\n");
  }

  @Test
  void aLeaseThatIsNotRenewedGoesBackWithTheNextAttempt() {
    long job = master.submit();
    AttemptId lost = master.take(NODE);
    master.pass(MORE_THAN_A_LEASE);
    assertThat(master.state(job)).isEqualTo("pending");
    AttemptId next = master.take(OTHER);
    assertThat(next).isEqualTo(new AttemptId(job, 2));
    assertThat(master.write(NODE, lost, 0, "late\n")).isFalse();
    assertThat(master.finish(NODE, lost, AttemptResult.COMPLETED)).isFalse();
    assertThat(master.finish(OTHER, next, AttemptResult.COMPLETED)).isTrue();
    assertThat(JobViews.log(master.store.pieces(job))).isEqualTo("the end\n");
  }

  @Test
  void aRenewedLeaseLasts() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    for (int i = 0; i < 5; i++) {
      var _ = master.hold(NODE, attempt);
      master.pass(MasterFixture.LEASE.minusSeconds(1));
    }
    assertThat(master.isHeld(job)).isTrue();
  }

  @Test
  void aJobThatLosesItsNodesAgainAndAgainFails() {
    long job = master.submit();
    for (int loss = 0; loss <= MasterFixture.RULES.mostLosses(); loss++) {
      master.take(NODE);
      master.pass(MORE_THAN_A_LEASE);
    }
    assertThat(master.state(job)).isEqualTo("failed");
  }

  @Test
  void aNodeThatRestartedHasLostItsJobsAtOnce() {
    long job = master.submit();
    master.take(NODE);
    LeaseHolder reborn = new LeaseHolder("one", "second life");
    CompletableFuture<PollReply> next = master.ask(reborn);
    assertThat(next.join().lease().orElseThrow().attempt()).isEqualTo(new AttemptId(job, 2));
    assertThatThrownBy(() -> master.ask(NODE))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("pulzar.node.name");
  }

  @Test
  void aFailedJobIsTriedAgainAfterAPauseThatDoubles() {
    master.retries = 2;
    long job = master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.FAILED);
    CompletableFuture<PollReply> waiting = master.ask(NODE);
    master.pass(Duration.ofMillis(900));
    assertThat(waiting).isNotDone();
    master.pass(Duration.ofMillis(200));
    AttemptId second = waiting.join().lease().orElseThrow().attempt();
    assertThat(second).isEqualTo(new AttemptId(job, 2));
    master.finish(NODE, second, AttemptResult.FAILED);
    master.pass(Duration.ofMillis(1_900));
    assertThat(master.state(job)).isEqualTo("pending");
    master.pass(Duration.ofMillis(200));
    master.finish(NODE, master.take(NODE), AttemptResult.FAILED);
    assertThat(master.state(job)).isEqualTo("failed");
    assertThat(master.job(job).attempts()).isEqualTo(new Attempts(3, 2, 0, master.store.epoch()));
  }

  @Test
  void aReturnedJobCostsNoRetry() {
    long job = master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.RETURNED);
    assertThat(master.take(OTHER)).isEqualTo(new AttemptId(job, 2));
    assertThat(master.job(job).attempts().failures()).isZero();
  }

  @Test
  void aPendingJobThatIsCanceledNeverStarts() {
    long job = master.submit();
    assertThat(MasterFixture.join(() -> master.dispatcher.cancel(job))).isPresent();
    assertThat(master.state(job)).isEqualTo("canceled");
    assertThat(master.ask(NODE)).isNotDone();
    assertThat(MasterFixture.join(() -> master.dispatcher.cancel(job))).isEmpty();
  }

  @Test
  void aRunningJobIsStoppedThroughTheQuestionThatItsNodeKeepsOpen() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    CompletableFuture<Commands> orders = master.hold(NODE, attempt);
    assertThat(orders).isNotDone();
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    assertThat(orders.join().cancel()).containsExactly(attempt);
    assertThat(master.isHeld(job)).isTrue();
    assertThat(master.finish(NODE, attempt, AttemptResult.CANCELED)).isTrue();
    assertThat(master.state(job)).isEqualTo("canceled");
  }

  @Test
  void anOrderIsRepeatedUntilItIsObeyed() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    assertThat(master.hold(NODE, attempt).join().cancel()).containsExactly(attempt);
    CompletableFuture<Commands> again = master.hold(NODE, attempt);
    assertThat(again).isNotDone();
    master.pass(MasterFixture.RULES.renewWithin().plusMillis(1));
    assertThat(again.join().cancel()).containsExactly(attempt);
  }

  @Test
  void aCanceledJobWhoseNodeIsLostIsCanceled() {
    long job = master.submit();
    master.take(NODE);
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    master.pass(MORE_THAN_A_LEASE);
    assertThat(master.state(job)).isEqualTo("canceled");
  }

  @Test
  void aCanceledJobIsNotRetried() {
    master.retries = 5;
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    master.finish(NODE, attempt, AttemptResult.FAILED);
    assertThat(master.state(job)).isEqualTo("canceled");
  }

  @Test
  void whatANodeHoldsInVainItIsToldToForget() {
    master.submit();
    AttemptId lost = master.take(NODE);
    master.pass(MORE_THAN_A_LEASE);
    master.take(OTHER);
    assertThat(master.hold(NODE, lost).join().forget()).containsExactly(lost);
  }

  @Test
  void aNodeThatLeavesGetsNoMoreJobs() {
    CompletableFuture<PollReply> waiting = master.ask(NODE);
    var _ = master.dispatcher.hold(new JobOperations.RenewLeases(NODE, List.of(), true));
    assertThat(waiting.join().lease()).isEmpty();
  }

  @Test
  void aPieceThatIsSentTwiceIsStoredOnce() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    assertThat(master.write(NODE, attempt, 0, "line\n")).isTrue();
    assertThat(master.write(NODE, attempt, 0, "line\n")).isTrue();
    assertThat(JobViews.log(master.store.pieces(job))).isEqualTo("line\n");
  }

  @Test
  void anOfferedJobThatIsHandedOutAlreadyIsNotQueuedAgain() {
    CompletableFuture<PollReply> first = master.ask(NODE);
    JobRecord job = master.accept(Optional.empty());
    master.dispatcher.offer(job);
    master.dispatcher.offer(job);
    assertThat(first).isDone();
    assertThat(master.ask(OTHER)).isNotDone();
  }

  @Test
  void timeInWhichTheMasterStoodStillCostsNoLease() {
    long[] nanos = {0};
    master.time = new RunningTime(() -> nanos[0], RunningTime.LONGEST_STEP);
    master.restart();
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    nanos[0] += Duration.ofSeconds(40).toNanos();
    master.pass(Duration.ofSeconds(40));
    assertThat(master.isHeld(job)).isTrue();
    for (int second = 0; second < MasterFixture.LEASE.toSeconds() + 1; second++) {
      nanos[0] += Duration.ofSeconds(1).toNanos();
      master.pass(Duration.ofSeconds(1));
    }
    assertThat(master.hold(NODE, attempt).join().forget()).containsExactly(attempt);
  }
}
