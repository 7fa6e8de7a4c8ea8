package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import java.time.Duration;

/**
 * Which of the workers that still compile what they run may have the next run. Guarded by the
 * pool's lock.
 *
 * <p>Such a worker keeps two processors busy, its script's and its compilers'. Two of them on two
 * processors compile the same things at half the speed each, and runs are through sooner with one:
 * so the eldest go first, and a younger one waits until they are warm. It does not wait for runs
 * that take their time or only sleep.
 */
final class WarmUp {

  /** What a worker has to have worked to be warm. */
  static final Duration WORK = Duration.ofSeconds(60);

  /** What a run may take for another one to wait for it. The first ones of a script take most. */
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
   * @param compiles whether workers compile at all; else none is passed over
   */
  WarmUp(WorkerList workers, boolean compiles, int processors) {
    this.workers = workers;
    this.compiles = compiles;
    this.processors = processors;
  }

  /** Takes down what a run took that has ended. */
  static void worked(WorkerProcess worker, long nanos, long cpuNanos) {
    worker.workedNanos += nanos;
    worker.computedNanos += cpuNanos;
  }

  /** Whether this worker may have a run now. */
  boolean mayWork(WorkerProcess worker, long now) {
    if (!compiles || isWarm(worker)) {
      return true;
    }
    int elder = 0;
    for (WorkerProcess other : workers.workers()) {
      if (other.equals(worker)) {
        break;
      }
      if (goesFirst(other, worker.heapBytes, now)) {
        elder++;
      }
    }
    return hasProcessorsBeside(elder);
  }

  /** Whether one more worker of this size would have anything to do. */
  boolean leavesRoom(long heapBytes, long now) {
    return !compiles
        || hasProcessorsBeside(workers.count(other -> goesFirst(other, heapBytes, now)));
  }

  /**
   * Whether runs wait for a worker that compiles, of which a start beside it would take. To be
   * asked at each look, since it remembers for a second that it was so.
   */
  boolean isUnderWay(long now) {
    if (!workers.waiting().isEmpty()
        && workers.count(worker -> !isWarm(worker) && hasShortRun(worker, now)) > 0) {
      calmSinceNanos = now;
    }
    return compiles && now - calmSinceNanos < CALM.toNanos();
  }

  private boolean hasProcessorsBeside(int elder) {
    return elder == 0 || 2 * elder < processors;
  }

  private boolean goesFirst(WorkerProcess worker, long heapBytes, long now) {
    if (worker.heapBytes != heapBytes || worker.retired || isWarm(worker)) {
      return false;
    }
    return worker.phase == Phase.IDLE || hasShortRun(worker, now);
  }

  private static boolean hasShortRun(WorkerProcess worker, long now) {
    PooledRun run = worker.current;
    boolean computes = COMPUTING * worker.computedNanos >= worker.workedNanos;
    Duration most = computes ? COMPUTING_RUN : WAITING_RUN;
    return worker.phase == Phase.BUSY && run != null && now - run.assignedNanos < most.toNanos();
  }

  private static boolean isWarm(WorkerProcess worker) {
    return worker.workedNanos >= WORK.toNanos();
  }
}
