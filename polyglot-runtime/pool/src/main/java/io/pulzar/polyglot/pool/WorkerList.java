package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is there and who waits. Guarded by the pool's lock. */
final class WorkerList {

  private final List<WorkerProcess> workers = new ArrayList<>();
  private final Deque<PooledRun> waiting = new ArrayDeque<>();

  List<WorkerProcess> workers() {
    return workers;
  }

  Deque<PooledRun> waiting() {
    return waiting;
  }

  int count(Phase phase) {
    return count(worker -> worker.phase == phase);
  }

  int count(Predicate<WorkerProcess> condition) {
    int count = 0;
    for (WorkerProcess worker : workers) {
      if (condition.test(worker)) {
        count++;
      }
    }
    return count;
  }

  /**
   * The idle worker of the run's size that has its script's context; else the one with the fewest
   * contexts, which takes the least from other scripts; of two alike the one used last, so that the
   * others can retire.
   */
  @Nullable WorkerProcess bestIdleFor(PooledRun run) {
    @Nullable WorkerProcess best = null;
    for (WorkerProcess worker : workers) {
      if (worker.phase != Phase.IDLE || worker.heapBytes != run.heapBytes) {
        continue;
      }
      if (worker.keptContexts.contains(run.contextKey)) {
        return worker;
      }
      if (best == null || isBetter(worker, best)) {
        best = worker;
      }
    }
    return best;
  }

  private static boolean isBetter(WorkerProcess a, WorkerProcess b) {
    int difference = a.keptContexts.size() - b.keptContexts.size();
    return difference < 0 || (difference == 0 && a.idleSinceNanos - b.idleSinceNanos > 0);
  }

  /** Takes the run that has waited longest for a worker of this size. */
  @Nullable PooledRun takeFirstFor(long heapBytes) {
    Iterator<PooledRun> runs = waiting.iterator();
    while (runs.hasNext()) {
      PooledRun run = runs.next();
      if (run.heapBytes == heapBytes) {
        runs.remove();
        return run;
      }
    }
    return null;
  }

  boolean isWaitedFor(long heapBytes) {
    return waiting.stream().anyMatch(run -> run.heapBytes == heapBytes);
  }

  /** Whether a worker of this size is there or on its way. */
  boolean hasSize(long heapBytes) {
    return count(worker -> worker.heapBytes == heapBytes && worker.phase != Phase.LEAVING) > 0;
  }
}
