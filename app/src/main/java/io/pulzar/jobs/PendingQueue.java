package io.pulzar.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Pending jobs in the order in which they may start: the lowest id first among those that are due
 * and that a waiting node may run. Not safe for threads: {@link Dispatcher} guards it.
 *
 * <p>Jobs with the same need stand in one line, so that a look for what can start passes over those
 * that no node may run at the cost of their different needs, not of their number.
 */
final class PendingQueue {

  /** A job and the node that gets it. */
  record Dealt(PendingJob job, String node) {}

  private record Line(long first, PlacementConstraint need) {}

  private final Map<Long, PendingJob> all = new HashMap<>();
  private final Map<PlacementConstraint, NavigableMap<Long, PendingJob>> due = new HashMap<>();
  private final PriorityQueue<PendingJob> later =
      new PriorityQueue<>(
          Comparator.comparing(PendingJob::notBefore).thenComparingLong(PendingJob::id));

  int size() {
    return all.size();
  }

  void add(PendingJob job, Instant now) {
    if (all.putIfAbsent(job.id(), job) != null) {
      throw new IllegalStateException("job " + job.id() + " is in the queue already");
    }
    if (job.notBefore().isAfter(now)) {
      later.add(job);
    } else {
      enqueue(job);
    }
  }

  /**
   * Takes out jobs for nodes, in order.
   *
   * @param open whether any node still waits
   * @param choice takes the best waiting node for a job; empty when none of them will do for its
   *     need, whichever job has that
   */
  List<Dealt> deal(BooleanSupplier open, Function<PendingJob, Optional<String>> choice) {
    if (due.isEmpty() || !open.getAsBoolean()) {
      return List.of();
    }
    PriorityQueue<Line> lines = new PriorityQueue<>(Comparator.comparingLong(Line::first));
    due.forEach((need, jobs) -> lines.add(new Line(jobs.firstKey(), need)));
    List<Dealt> dealt = new ArrayList<>();
    for (Line line = lines.poll(); line != null && open.getAsBoolean(); line = lines.poll()) {
      PlacementConstraint need = line.need();
      PendingJob job = find(line.first()).orElseThrow();
      Optional<String> node = choice.apply(job);
      if (node.isPresent()) {
        dealt.add(new Dealt(remove(job.id()).orElseThrow(), node.get()));
        NavigableMap<Long, PendingJob> rest = due.get(need);
        if (rest != null) {
          lines.add(new Line(rest.firstKey(), need));
        }
      }
    }
    return dealt;
  }

  /** Takes one job out, wherever it is. */
  Optional<PendingJob> remove(long id) {
    PendingJob job = all.remove(id);
    if (job == null) {
      return Optional.empty();
    }
    NavigableMap<Long, PendingJob> line = due.get(job.need());
    if (line == null || line.remove(id) == null) {
      later.remove(job);
    } else if (line.isEmpty()) {
      due.remove(job.need());
    }
    return Optional.of(job);
  }

  Optional<PendingJob> find(long id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Lets the jobs whose time has come start. */
  void wake(Instant now) {
    for (PendingJob next = later.peek();
        next != null && !next.notBefore().isAfter(now);
        next = later.peek()) {
      later.remove();
      enqueue(next);
    }
  }

  private void enqueue(PendingJob job) {
    due.computeIfAbsent(job.need(), need -> new TreeMap<>()).put(job.id(), job);
  }
}
