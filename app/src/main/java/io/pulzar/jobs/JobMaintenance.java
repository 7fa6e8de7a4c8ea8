package io.pulzar.jobs;

import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import java.time.Duration;

/**
 * Lets time pass for the feature: leases and retries several times a second, history now and then.
 */
final class JobMaintenance implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration LATE = Duration.ofSeconds(10);
  private static final Duration RETENTION = Duration.ofSeconds(10);

  private final Dispatcher dispatcher;
  private final Rounds ticks;
  private final Rounds housekeeping;

  JobMaintenance(Dispatcher dispatcher, Retention retention, Loops loops) {
    this.dispatcher = dispatcher;
    this.ticks = Rounds.start(loops, "dispatcher", TICK, LATE, progress -> dispatcher.tick());
    this.housekeeping = Rounds.start(loops, "history", RETENTION, retention::run);
  }

  /** Lets no node wait for an answer that cannot come any more. */
  @Override
  public void close() {
    ticks.close();
    housekeeping.close();
    dispatcher.stop();
  }
}
