package io.pulzar.runner;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.Commands;
import io.pulzar.jobs.JobOperations.RenewLeases;
import io.pulzar.jobs.LeaseHolder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the leases, and does what the master orders: one question is always open. */
final class LeaseRenewalLoop {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewalLoop.class);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

  private final LeaseHolder lessee;
  private final MasterQuestions master;
  private final JobExecution execution;
  private final CountDownLatch stop;

  LeaseRenewalLoop(
      LeaseHolder lessee, MasterQuestions master, JobExecution execution, CountDownLatch stop) {
    this.lessee = lessee;
    this.master = master;
    this.execution = execution;
    this.stop = stop;
  }

  void run() {
    try {
      while (stop.getCount() > 0) {
        try {
          Optional<Commands> orders = master.ask(JobOperations.HOLD, question(false));
          orders.ifPresent(this::obey);
        } catch (ApiException refused) {
          LOG.error("the master does not know this node: {}", refused.getMessage());
          boolean _ = stop.await(AFTER_REFUSAL.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
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
