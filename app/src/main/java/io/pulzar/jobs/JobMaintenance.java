package io.pulzar.jobs;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets time pass for the feature: leases and retries several times a second, history now and then.
 */
final class JobMaintenance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobMaintenance.class);
  private static final long TICK_MILLIS = 200;
  private static final long RETENTION_MILLIS = 10_000;

  private final Dispatcher dispatcher;
  private final ScheduledExecutorService ticks = single("jobs-clock");
  private final ScheduledExecutorService housekeeping = single("jobs-history");

  JobMaintenance(Dispatcher dispatcher, Retention retention) {
    this.dispatcher = dispatcher;
    repeat(ticks, dispatcher::tick, TICK_MILLIS);
    repeat(housekeeping, retention::run, RETENTION_MILLIS);
  }

  /** Lets no node wait for an answer that cannot come any more. */
  @Override
  public void close() {
    ticks.close();
    housekeeping.close();
    dispatcher.stop();
  }

  /** A failure, such as a full disk, must not end the repetition. */
  private static void repeat(ScheduledExecutorService thread, Runnable work, long millis) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) {
                LOG.warn("The job queue's upkeep failed and is tried again", failure);
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService single(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon().factory());
  }
}
