package io.pulzar.runner;

import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.Commands;
import io.pulzar.jobs.JobOperations.RenewLeases;
import io.pulzar.jobs.LeaseHolder;
import io.pulzar.upkeep.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the leases, and does what the master orders: one question is always open. */
final class LeaseRenewalLoop {

  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

  private final LeaseHolder lessee;
  private final MasterQuestions master;
  private final JobExecution execution;
  private final CountDownLatch stop;
  private final Loop loop;

  LeaseRenewalLoop(
      LeaseHolder lessee,
      MasterQuestions master,
      JobExecution execution,
      CountDownLatch stop,
      Loop loop) {
    this.lessee = lessee;
    this.master = master;
    this.execution = execution;
    this.stop = stop;
    this.loop = loop;
  }

  /** There is nothing to hold here, ever. */
  void none() {
    loop.end();
  }

  void run() {
    try {
      while (stop.getCount() > 0) {
        if (!loop.round(this::round)) {
          boolean _ = stop.await(AFTER_REFUSAL.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      loop.end();
    }
  }

  private void round() throws InterruptedException {
    master.askEach(JobOperations.HOLD, this::current).ifPresent(this::obey);
  }

  /** What is held when the question is asked, not when it was asked in vain before. */
  private RenewLeases current() {
    loop.alive();
    return question(false);
  }

  /** The question that says what this node holds, and whether it wants no more. */
  RenewLeases question(boolean leaving) {
    List<AttemptId> attempts = execution.held().stream().map(JobRun::attempt).toList();
    return new RenewLeases(lessee, attempts, leaving);
  }

  private void obey(Commands orders) {
    orders
        .cancel()
        .forEach(
            attempt -> execution.find(attempt).ifPresent(run -> run.stop(AttemptResult.CANCELED)));
    orders.forget().forEach(attempt -> execution.find(attempt).ifPresent(JobRun::forget));
  }
}
