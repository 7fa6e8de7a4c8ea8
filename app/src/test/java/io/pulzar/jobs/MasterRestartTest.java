package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a master that comes back knows, and what it must not do. */
final class MasterRestartTest {

  private static final LeaseHolder NODE = new LeaseHolder("one", "first life");
  private static final LeaseHolder OTHER = new LeaseHolder("two", "its life");

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
  void pendingJobsKeepTheirOrder() {
    long first = master.submit();
    long second = master.submit();
    master.restart();
    assertThat(master.take(NODE).job()).isEqualTo(first);
    assertThat(master.take(NODE).job()).isEqualTo(second);
  }

  @Test
  void aNodeThatStillRunsAJobGoesOnWithIt() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    master.settle();
    master.restart();
    assertThat(master.hold(NODE, attempt)).isNotDone();
    assertThat(master.finish(NODE, attempt, AttemptResult.COMPLETED)).isTrue();
    assertThat(master.state(job)).isEqualTo("completed");
  }

  @Test
  void anEndThatWasReportedWhileTheMasterWasAwayCounts() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    master.settle();
    master.restart();
    assertThat(master.finish(NODE, attempt, AttemptResult.COMPLETED)).isTrue();
    assertThat(master.ask(OTHER)).isNotDone();
    assertThat(master.state(job)).isEqualTo("completed");
  }

  @Test
  void aRunningJobWhoseNodeDoesNotComeBackStartsElsewhere() {
    long job = master.submit();
    master.take(NODE);
    master.settle();
    master.restart();
    master.pass(MasterFixture.LEASE.plusSeconds(1));
    assertThat(master.take(OTHER).job()).isEqualTo(job);
  }

  @Test
  void aNumberThatMayHaveBeenHandedOutWithoutARecordIsNotUsedAgain() {
    long job = master.accept(Optional.empty()).id();
    master.restart();
    assertThat(master.take(NODE)).isEqualTo(new AttemptId(job, 2));
  }

  @Test
  void norIsOneThatALifeInBetweenMayHaveHandedOut() {
    long job = master.accept(Optional.empty()).id();
    master.restart();
    master.restart();
    assertThat(master.take(NODE)).isEqualTo(new AttemptId(job, 3));
  }

  @Test
  void anAttemptThatALifeInBetweenForgotIsTakenUpAgain() {
    long job = master.accept(Optional.empty()).id();
    AttemptId forgotten = new AttemptId(job, 2);
    master.restart();
    master.restart();
    assertThat(master.hold(NODE, forgotten)).isNotDone();
    assertThat(master.finish(NODE, forgotten, AttemptResult.COMPLETED)).isTrue();
    assertThat(master.state(job)).isEqualTo("completed");
  }

  @Test
  void anAttemptThatTheMasterForgotIsTakenUpAgain() {
    long job = master.accept(Optional.empty()).id();
    AttemptId forgotten = new AttemptId(job, 1);
    master.restart();
    assertThat(master.hold(NODE, forgotten)).isNotDone();
    assertThat(master.ask(OTHER)).isNotDone();
    assertThat(master.finish(NODE, forgotten, AttemptResult.COMPLETED)).isTrue();
    assertThat(master.state(job)).isEqualTo("completed");
  }

  @Test
  void aForgottenAttemptIsRefusedOnceAnotherWasHandedOut() {
    long job = master.accept(Optional.empty()).id();
    AttemptId forgotten = new AttemptId(job, 1);
    master.restart();
    AttemptId next = master.take(OTHER);
    assertThat(master.hold(NODE, forgotten).join().forget()).containsExactly(forgotten);
    assertThat(master.finish(NODE, forgotten, AttemptResult.COMPLETED)).isFalse();
    assertThat(master.finish(OTHER, next, AttemptResult.COMPLETED)).isTrue();
  }

  @Test
  void anEndedJobStaysEnded() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    master.finish(NODE, attempt, AttemptResult.COMPLETED);
    master.restart();
    assertThat(master.ask(NODE)).isNotDone();
    assertThat(master.finish(NODE, attempt, AttemptResult.FAILED)).isFalse();
    assertThat(master.state(job)).isEqualTo("completed");
  }

  @Test
  void aCancelThatWasAcknowledgedIsCarriedOut() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    master.restart();
    assertThat(master.hold(NODE, attempt).join().cancel()).containsExactly(attempt);
    master.pass(Duration.ofSeconds(1));
    assertThat(master.finish(NODE, attempt, AttemptResult.CANCELED)).isTrue();
    assertThat(master.state(job)).isEqualTo("canceled");
  }

  @Test
  void aRetryKeepsItsPause() {
    master.retries = 1;
    long job = master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.FAILED);
    master.restart();
    assertThat(master.ask(NODE)).isNotDone();
    master.pass(Duration.ofSeconds(2));
    assertThat(master.isHeld(job)).isTrue();
  }

  @Test
  void aLeaseIsNotLostWhileItsNodeCouldNotBeHeard() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    master.settle();
    master.restartWithoutPort();
    master.pass(MasterFixture.LEASE.multipliedBy(3));
    master.dispatcher.opened();
    master.pass(MasterFixture.LEASE.minusSeconds(1));
    assertThat(master.isHeld(job)).isTrue();
    assertThat(master.finish(NODE, attempt, AttemptResult.COMPLETED)).isTrue();
  }

  @Test
  void aNodeThatIsOnlineIsAskedBeforeItsJobsRunElsewhere() {
    long job = master.submit();
    AttemptId attempt = master.take(NODE);
    master.settle();
    master.nodes.online.add(NODE.node());
    master.restart();
    master.pass(MasterFixture.LEASE.plusSeconds(1));
    assertThat(master.isHeld(job)).isTrue();
    assertThat(master.hold(NODE, attempt)).isNotDone();
    master.pass(MasterFixture.LEASE.minusSeconds(1));
    assertThat(master.job(job).attempts().number()).isEqualTo(attempt.attempt());
  }

  @Test
  void whatANodeThatIsOnlineDoesNotNameRunsElsewhere() {
    long job = master.submit();
    master.take(NODE);
    master.settle();
    master.nodes.online.add(NODE.node());
    master.restart();
    master.pass(Duration.ofSeconds(1));
    assertThat(master.hold(NODE)).isNotDone();
    master.pass(MasterFixture.LEASE);
    assertThat(master.take(OTHER).job()).isEqualTo(job);
  }

  @Test
  void aNodeThatIsOnlineAndSilentIsNotBelievedForEver() {
    long job = master.submit();
    master.take(NODE);
    master.settle();
    master.nodes.online.add(NODE.node());
    master.restart();
    master.pass(MasterFixture.LEASE.multipliedBy(5));
    assertThat(master.take(OTHER).job()).isEqualTo(job);
  }

  @Test
  void aJobThatMayHaveBeenHandedOutWaitsUntilEveryNodeHasSaidWhatItHolds() {
    long job = master.accept(Optional.empty()).id();
    AttemptId forgotten = new AttemptId(job, 1);
    master.nodes.members.addAll(List.of(NODE.node(), OTHER.node()));
    master.restart();
    assertThat(master.ask(OTHER)).isNotDone();
    assertThat(master.hold(OTHER)).isNotDone();
    assertThat(master.ask(OTHER)).isNotDone();
    assertThat(master.hold(NODE, forgotten)).isNotDone();
    assertThat(master.ask(OTHER)).isNotDone();
    assertThat(master.finish(NODE, forgotten, AttemptResult.COMPLETED)).isTrue();
    assertThat(master.state(job)).isEqualTo("completed");
  }

  @Test
  void itWaitsNoLongerThanALeaseForANodeThatDoesNotCome() {
    long job = master.accept(Optional.empty()).id();
    master.nodes.members.add(NODE.node());
    master.restart();
    assertThat(master.ask(OTHER)).isNotDone();
    master.pass(MasterFixture.LEASE.plusSeconds(1));
    assertThat(master.isHeld(job)).isTrue();
  }

  @Test
  void aNewJobWaitsForNobody() {
    master.nodes.members.add(NODE.node());
    master.restart();
    long job = master.submit();
    assertThat(master.take(OTHER).job()).isEqualTo(job);
  }
}
