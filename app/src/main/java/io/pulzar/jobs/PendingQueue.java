package io.pulzar.jobs;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Pending jobs in the order in which they may start: the lowest id first among those that are due
 * and that the asking node may run. Not safe for threads: {@link Dispatcher} guards it.
 */
final class PendingQueue {

  private final Map<Long, PendingJob> all = new HashMap<>();
  private final NavigableMap<Long, PendingJob> dueAnywhere = new TreeMap<>();
  private final Map<String, NavigableMap<Long, PendingJob>> dueByNode = new HashMap<>();
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
      due(job).put(job.id(), job);
    }
  }

  /** Takes the next job for a node. */
  Optional<PendingJob> takeFor(String node) {
    NavigableMap<Long, PendingJob> own = dueByNode.get(node);
    Map.Entry<Long, PendingJob> anywhere = dueAnywhere.firstEntry();
    Map.Entry<Long, PendingJob> here = own == null ? null : own.firstEntry();
    if (here != null && (anywhere == null || here.getKey() < anywhere.getKey())) {
      return remove(here.getKey());
    }
    return anywhere == null ? Optional.empty() : remove(anywhere.getKey());
  }

  /** Takes one job out, wherever it is. */
  Optional<PendingJob> remove(long id) {
    PendingJob job = all.remove(id);
    if (job == null) {
      return Optional.empty();
    }
    if (due(job).remove(id) == null) {
      later.remove(job);
    }
    dueByNode.values().removeIf(Map::isEmpty);
    return Optional.of(job);
  }

  Optional<PendingJob> find(long id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Lets the jobs whose time has come start; answers whether there were any. */
  boolean wake(Instant now) {
    boolean woken = false;
    for (PendingJob next = later.peek();
        next != null && !next.notBefore().isAfter(now);
        next = later.peek()) {
      later.remove();
      due(next).put(next.id(), next);
      woken = true;
    }
    return woken;
  }

  private Map<Long, PendingJob> due(PendingJob job) {
    return job.node().isPresent()
        ? dueByNode.computeIfAbsent(job.node().get(), node -> new TreeMap<>())
        : dueAnywhere;
  }
}
