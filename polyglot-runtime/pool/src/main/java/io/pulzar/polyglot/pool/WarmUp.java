package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import java.time.Duration;

/**
 * Whether a start would take processors from workers that still compile what they run. Guarded by
 * the pool's lock.
 *
 * <p>Such a worker keeps two processors busy, its script's and its compilers'. Two of them on two
 * processors compile the same things at half the speed each, and runs are through sooner with one.
 * So while runs are short, another one starts only when the first is warm. Runs that take their
 * time, only sleep, or wait for other runs leave processors to spare.
 */
final class WarmUp {

  /** What a worker has to have worked to be warm. */
  static final Duration WORK = Duration.ofSeconds(60);

  /** What a run of a worker that is not warm may take to count as short. */
  static final Duration COMPUTING_RUN = Duration.ofSeconds(2);

  /** The same where runs have only waited so far, for the network or for time to pass. */
  static final Duration WAITING_RUN = Duration.ofMillis(100);

  /** Runs that had less than this part of a processor have only waited. */
  private static final int COMPUTING = 4;

  /** When nobody had to wait for this long, there is time for a start. */
  private static final Duration CALM = Duration.ofSeconds(1);

  private final WorkerList workers;
  private final boolean compiles;
  private final int processors;
  private long calmSinceNanos = System.nanoTime() - CALM.toNanos();

  /**
   * @param compiles whether workers compile at all; else there is always room
   */
  WarmUp(WorkerList workers, boolean compiles, int processors) {
    this.workers = workers;
    this.compiles = compiles;
    this.processors = processors;
  }

  /** Sees whether runs wait; to be called some twenty times a second. */
  void look(long now) {
    boolean waited = !workers.waiting().isEmpty();
    if (waited && workers.count(worker -> !isWarm(worker) && hasShortRun(worker, now)) > 0) {
      calmSinceNanos = now;
    }
  }

  /** Whether there are processors for one more worker of this size. */
  boolean leavesRoom(long heapBytes, long now) {
    int young = workers.count(worker -> worker.heapBytes == heapBytes && compilesNow(worker, now));
    return !compiles || young == 0 || 2 * young < processors;
  }

  /** Whether runs wait, or did of late, for a worker that compiles: a start would take from it. */
  boolean isUnderWay(long now) {
    return compiles && now - calmSinceNanos < CALM.toNanos();
  }

  private static boolean compilesNow(WorkerProcess worker, long now) {
    return !worker.retired
        && !isWarm(worker)
        && (worker.phase == Phase.IDLE || hasShortRun(worker, now));
  }

  private static boolean hasShortRun(WorkerProcess worker, long now) {
    PooledRun run = worker.current;
    boolean computes = COMPUTING * worker.computedNanos >= worker.workedNanos;
    Duration most = computes ? COMPUTING_RUN : WAITING_RUN;
    return worker.phase == Phase.BUSY
        && worker.parked == 0
        && run != null
        && now - run.assignedNanos < most.toNanos();
  }

  private static boolean isWarm(WorkerProcess worker) {
    return worker.workedNanos >= WORK.toNanos();
  }
}
