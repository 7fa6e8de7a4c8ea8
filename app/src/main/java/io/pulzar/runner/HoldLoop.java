package io.pulzar.runner;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.Ending;
import io.pulzar.jobs.JobOperations.Hold;
import io.pulzar.jobs.JobOperations.Orders;
import io.pulzar.jobs.Lessee;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the leases, and does what the master orders: one question is always open. */
final class HoldLoop {

  private static final Logger LOG = LoggerFactory.getLogger(HoldLoop.class);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

  private final Lessee lessee;
  private final MasterQuestions master;
  private final JobExecution execution;
  private final CountDownLatch stop;

  HoldLoop(Lessee lessee, MasterQuestions master, JobExecution execution, CountDownLatch stop) {
    this.lessee = lessee;
    this.master = master;
    this.execution = execution;
    this.stop = stop;
  }

  void run() {
    try {
      while (stop.getCount() > 0) {
        try {
          Optional<Orders> orders = master.ask(JobOperations.HOLD, question(false));
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
  Hold question(boolean leaving) {
    List<AttemptId> attempts = execution.held().stream().map(JobRun::attempt).toList();
    return new Hold(lessee, attempts, leaving);
  }

  private void obey(Orders orders) {
    orders
        .cancel()
        .forEach(attempt -> execution.find(attempt).ifPresent(run -> run.stop(Ending.CANCELED)));
    orders.forget().forEach(attempt -> execution.find(attempt).ifPresent(JobRun::forget));
  }
}
