package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.Ending;
import io.pulzar.jobs.JobOperations.Orders;
import io.pulzar.jobs.JobOperations.Taken;
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

  private static final Lessee NODE = new Lessee("one", "first life");
  private static final Lessee OTHER = new Lessee("two", "its life");
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
    CompletableFuture<Taken> waiting = master.ask(NODE);
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
    CompletableFuture<Taken> one = master.ask(NODE);
    CompletableFuture<Taken> two = master.ask(OTHER);
    CompletableFuture<Taken> more = master.ask(OTHER);
    master.submit();
    assertThat(two).isDone();
    assertThat(one).isNotDone();
    assertThat(more).isNotDone();
  }

  @Test
  void whereSlotsAreEqualTheNodeWithMoreHeadroomIsServedFirst() {
    master.nodes.headroom.put("one", 0.2);
    master.nodes.headroom.put("two", 0.3);
    CompletableFuture<Taken> one = master.ask(NODE);
    CompletableFuture<Taken> two = master.ask(OTHER);
    master.submit();
    assertThat(two).isDone();
    assertThat(one).isNotDone();
  }

  @Test
  void noJobWaitsForABetterNodeThatIsBusyWhileALesserOneIsFree() {
    master.nodes.headroom.put("one", 0.01);
    master.nodes.headroom.put("two", 0.99);
    master.submit();
    master.take(OTHER);
    CompletableFuture<Taken> lesser = master.ask(NODE);
    master.submit();
    assertThat(lesser).isDone();
  }

  @Test
  void aBatchIsSharedSoThatTheFreeSlotsStayEqual() {
    List<CompletableFuture<Taken>> one = List.of(master.ask(NODE), master.ask(NODE));
    List<CompletableFuture<Taken>> two = List.of(master.ask(OTHER), master.ask(OTHER));
    master.submit();
    master.submit();
    assertThat(one).filteredOn(CompletableFuture::isDone).hasSize(1);
    assertThat(two).filteredOn(CompletableFuture::isDone).hasSize(1);
  }

  @Test
  void aNodeThatIsNotFitGetsNothingUntilItIs() {
    master.nodes.closed.add("one");
    CompletableFuture<Taken> waiting = master.ask(NODE);
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
    CompletableFuture<Taken> waiting = master.ask(NODE);
    master.pass(JobOperations.PATIENCE.plusSeconds(1));
    assertThat(waiting.join().lease()).isEmpty();
    long job = master.submit();
    assertThat(master.take(NODE).job()).isEqualTo(job);
  }

  @Test
  void aCompletedJobIsCompletedForGood() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    assertThat(master.finish(NODE, attempt, Ending.COMPLETED)).isTrue();
    assertThat(master.finish(NODE, attempt, Ending.FAILED)).isFalse();
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
    assertThat(master.finish(NODE, lost, Ending.COMPLETED)).isFalse();
    assertThat(master.finish(OTHER, next, Ending.COMPLETED)).isTrue();
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
    Lessee reborn = new Lessee("one", "second life");
    CompletableFuture<Taken> next = master.ask(reborn);
    assertThat(next.join().lease().orElseThrow().attempt()).isEqualTo(new AttemptId(job, 2));
    assertThatThrownBy(() -> master.ask(NODE))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("pulzar.node.name");
  }

  @Test
  void aFailedJobIsTriedAgainAfterAPauseThatDoubles() {
    master.retries = 2;
    long job = master.submit();
    master.finish(NODE, master.take(NODE), Ending.FAILED);
    CompletableFuture<Taken> waiting = master.ask(NODE);
    master.pass(Duration.ofMillis(900));
    assertThat(waiting).isNotDone();
    master.pass(Duration.ofMillis(200));
    AttemptId second = waiting.join().lease().orElseThrow().attempt();
    assertThat(second).isEqualTo(new AttemptId(job, 2));
    master.finish(NODE, second, Ending.FAILED);
    master.pass(Duration.ofMillis(1_900));
    assertThat(master.state(job)).isEqualTo("pending");
    master.pass(Duration.ofMillis(200));
    master.finish(NODE, master.take(NODE), Ending.FAILED);
    assertThat(master.state(job)).isEqualTo("failed");
    assertThat(master.job(job).attempts()).isEqualTo(new Attempts(3, 2, 0, master.store.life()));
  }

  @Test
  void aReturnedJobCostsNoRetry() {
    long job = master.submit();
    master.finish(NODE, master.take(NODE), Ending.RETURNED);
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
    CompletableFuture<Orders> orders = master.hold(NODE, attempt);
    assertThat(orders).isNotDone();
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    assertThat(orders.join().cancel()).containsExactly(attempt);
    assertThat(master.isHeld(job)).isTrue();
    assertThat(master.finish(NODE, attempt, Ending.CANCELED)).isTrue();
    assertThat(master.state(job)).isEqualTo("canceled");
  }

  @Test
  void anOrderIsRepeatedUntilItIsObeyed() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    assertThat(master.hold(NODE, attempt).join().cancel()).containsExactly(attempt);
    CompletableFuture<Orders> again = master.hold(NODE, attempt);
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
    master.finish(NODE, attempt, Ending.FAILED);
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
    CompletableFuture<Taken> waiting = master.ask(NODE);
    var _ = master.dispatcher.hold(new JobOperations.Hold(NODE, List.of(), true));
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
    CompletableFuture<Taken> first = master.ask(NODE);
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
