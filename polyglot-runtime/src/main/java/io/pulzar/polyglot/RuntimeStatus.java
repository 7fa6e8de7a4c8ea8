package io.pulzar.polyglot;

import java.util.List;

/**
 * A snapshot of the pool.
 *
 * @param compiled whether Python is JIT-compiled; without it scripts run several times slower
 * @param ready whether a call would find a warm worker
 * @param slots runs that may go on at the same time
 * @param busy runs going on
 * @param waiting calls that wait for a worker
 * @param workers the live worker processes
 * @param wall what the kernel keeps from the workers
 */
public record RuntimeStatus(
    boolean compiled,
    boolean ready,
    int slots,
    int busy,
    int waiting,
    List<WorkerStatus> workers,
    WallReport wall) {

  /** The same with more known of its workers. */
  public RuntimeStatus withWorkers(List<WorkerStatus> known) {
    return new RuntimeStatus(compiled, ready, slots, busy, waiting, known, wall);
  }

  /** The ids of the workers' processes. */
  public List<Long> processes() {
    return workers.stream().map(WorkerStatus::process).toList();
  }
}
