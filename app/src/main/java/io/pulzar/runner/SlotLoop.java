package io.pulzar.runner;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.PollReply;
import io.pulzar.jobs.JobOperations.Take;
import io.pulzar.jobs.LeaseHolder;
import io.pulzar.jobs.LeasedJob;
import io.pulzar.upkeep.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One slot: fetches a job, runs it, hands its end to a report, fetches the next. */
final class SlotLoop {

  private static final Logger LOG = LoggerFactory.getLogger(SlotLoop.class);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final LeaseHolder lessee;
  private final MasterQuestions master;
  private final JobExecution execution;
  private final CountDownLatch leaving;
  private final Loop loop;
  private CompletableFuture<Boolean> reported = CompletableFuture.completedFuture(true);

  /**
   * @param leaving no further job is fetched once it is counted down
   */
  SlotLoop(
      LeaseHolder lessee,
      MasterQuestions master,
      JobExecution execution,
      CountDownLatch leaving,
      Loop loop) {
    this.lessee = lessee;
    this.master = master;
    this.execution = execution;
    this.leaving = leaving;
    this.loop = loop;
  }

  void run() {
    try {
      while (leaving.getCount() > 0) {
        if (!loop.round(this::round)) {
          boolean _ = leaving.await(AFTER_REFUSAL.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    loop.end();
    reported.join();
  }

  private void round() throws InterruptedException {
    Optional<LeasedJob> lease = execution.isAble() ? fetch() : rest();
    if (lease.isPresent()) {
      // At most one end per slot is unreported, however slow the master is.
      CompletableFuture<Boolean> before = reported;
      reported = execution.run(lease.get(), before);
    }
  }

  /** No worker runs: what this node cannot do stays in the queue, where another one may find it. */
  private Optional<LeasedJob> rest() throws InterruptedException {
    boolean _ = leaving.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return Optional.empty();
  }

  private Optional<LeasedJob> fetch() throws InterruptedException {
    try {
      return master.ask(JobOperations.TAKE, new Take(lessee)).flatMap(PollReply::lease);
    } catch (ApiException refused) {
      LOG.error("the master gives no jobs to this node: {}", refused.getMessage());
      boolean _ = leaving.await(AFTER_REFUSAL.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    }
  }
}
