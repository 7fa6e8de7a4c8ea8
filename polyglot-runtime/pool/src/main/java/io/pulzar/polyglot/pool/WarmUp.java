package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import java.time.Duration;

/**
 * Which of the workers that still compile what they run may have the next run. Guarded by the
 * pool's lock.
 *
 * <p>Such a worker keeps two processors busy, its script's and its compilers'. Two of them on two
 * processors compile the same things at half the speed each, and runs are through sooner with one:
 * so the eldest go first, and a younger one waits until they are warm and still runs have to wait.
 * It does not wait for runs that take their time or only sleep.
 */
final class WarmUp {

  /** What a worker has to have worked to be warm. */
  static final Duration WORK = Duration.ofSeconds(60);

  /** What a run may take, in a worker that is not warm, for another one to wait for it. */
  static final Duration COMPUTING_RUN = Duration.ofSeconds(2);

  /** The same in one that is warm, or whose runs have only waited so far. */
  static final Duration SHORT_RUN = Duration.ofMillis(100);

  /** Runs that had less than this part of a processor have only waited. */
  private static final int COMPUTING = 4;

  /** What a look counts beside those before it: some fifty do. */
  private static final double LOOK = 0.02;

  /** Pressure at which those that are warm are not enough. */
  private static final double HIGH = 0.8;

  /** When nobody had to wait for this long, there is time for a start. */
  private static final Duration CALM = Duration.ofSeconds(1);

  private final WorkerList workers;
  private final boolean compiles;
  private final int processors;

  /** At how many of the last looks runs were waiting, from 0 to 1. */
  private double pressure;

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

  /** Sees whether runs wait; to be called some twenty times a second. */
  void look(long now) {
    boolean waited = !workers.waiting().isEmpty();
    pressure += ((waited ? 1 : 0) - pressure) * LOOK;
    if (waited && workers.count(worker -> !isWarm(worker) && hasShortRun(worker, now)) > 0) {
      calmSinceNanos = now;
    }
  }

  /** Whether this worker may have a run now. */
  boolean mayWork(WorkerProcess worker, long now) {
    if (!compiles || isWarm(worker)) {
      return true;
    }
    int before = 0;
    boolean elder = true;
    for (WorkerProcess other : workers.workers()) {
      if (other.equals(worker)) {
        elder = false;
      } else if ((elder || isWarm(other)) && goesFirst(other, worker.heapBytes, now)) {
        before++;
      }
    }
    return hasProcessorsBeside(before);
  }

  /** Whether one more worker of this size would have anything to do. */
  boolean leavesRoom(long heapBytes, long now) {
    return !compiles
        || hasProcessorsBeside(workers.count(other -> goesFirst(other, heapBytes, now)));
  }

  /** Whether runs wait, or did of late, for a worker that compiles: a start would take from it. */
  boolean isUnderWay(long now) {
    return compiles && now - calmSinceNanos < CALM.toNanos();
  }

  private boolean hasProcessorsBeside(int others) {
    return others == 0 || 2 * others < processors;
  }

  private boolean goesFirst(WorkerProcess worker, long heapBytes, long now) {
    boolean isEnough = !isWarm(worker) || pressure < HIGH;
    if (worker.heapBytes != heapBytes || worker.retired || !isEnough) {
      return false;
    }
    return worker.phase == Phase.IDLE || hasShortRun(worker, now);
  }

  private static boolean hasShortRun(WorkerProcess worker, long now) {
    PooledRun run = worker.current;
    boolean computes = COMPUTING * worker.computedNanos >= worker.workedNanos;
    Duration most = computes && !isWarm(worker) ? COMPUTING_RUN : SHORT_RUN;
    return worker.phase == Phase.BUSY && run != null && now - run.assignedNanos < most.toNanos();
  }

  private static boolean isWarm(WorkerProcess worker) {
    return worker.workedNanos >= WORK.toNanos();
  }
}
