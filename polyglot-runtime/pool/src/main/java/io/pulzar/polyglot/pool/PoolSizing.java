package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a worker starts and when one may go. Guarded by the pool's lock; changes nothing but
 * what it counts.
 *
 * <p>Starting a JVM costs seconds of CPU, so a queue alone is no reason: short runs are through it
 * before the new worker is there. A call that waited {@code scaleUp} is one, and so is that all
 * workers are busy with long runs: then one starts ahead of need, above {@code max} if need be, and
 * takes over at once when a worker dies. Neither is one while those that there are keep the
 * processors busy compiling, see {@link WarmUp}.
 */
final class PoolSizing {

  /** A run that has gone on for this long counts as long. */
  private static final Duration LONG_RUN = Duration.ofSeconds(1);

  /** After this time a new worker has started and is through its first runs. */
  private static final Duration SETTLING = Duration.ofSeconds(8);

  private final RuntimeSettings settings;
  private final WorkerList roster;
  private final WarmUp warmUp;
  private final Map<Long, StartFailures> failures = new HashMap<>();

  PoolSizing(RuntimeSettings settings, WorkerList roster) {
    this.settings = settings;
    this.roster = roster;
    int processors = Runtime.getRuntime().availableProcessors();
    this.warmUp = new WarmUp(roster, settings.shape().compiled(), processors);
  }

  /** The size of the next worker to start now, or null when none is needed. */
  @Nullable Long nextStart(long now) {
    warmUp.look(now);
    for (long heapBytes : sizesInNeed(now)) {
      if (failuresOf(heapBytes).allowStart(now) && mayStartAnother(heapBytes)) {
        return heapBytes;
      }
    }
    return null;
  }

  /** The idle worker that should end now, or null when all may stay. */
  @Nullable WorkerProcess nextLeaver(long now) {
    for (WorkerProcess worker : roster.workers()) {
      if (worker.phase == Phase.IDLE && mayGo(worker, now)) {
        return worker;
      }
    }
    return null;
  }

  private boolean mayGo(WorkerProcess worker, long now) {
    if (isWorn(worker)) {
      return hasFresh(worker.heapBytes);
    }
    boolean unused = now - worker.idleSinceNanos > settings.workers().idleRetirement().toNanos();
    return (unused && isSurplus(worker)) || isInTheWay(worker);
  }

  /** Whether a worker that just became free should make room for one of another size. */
  boolean shouldMakeRoom(WorkerProcess worker) {
    PooledRun first = roster.waiting().peekFirst();
    return first != null
        && first.heapBytes != worker.heapBytes
        && !roster.hasSize(first.heapBytes)
        && live() >= settings.workers().max() + parked();
  }

  boolean hasFreeSlot() {
    return roster.count(worker -> worker.phase == Phase.BUSY && worker.parked == 0)
        < settings.workers().max();
  }

  /** Workers whose runs wait for other runs: their places are given away. */
  private int parked() {
    return roster.count(worker -> worker.parked > 0);
  }

  StartFailures failuresOf(long heapBytes) {
    return failures.computeIfAbsent(heapBytes, ignored -> new StartFailures());
  }

  /** Workers of this size cannot be started, none is left, and none is being tried just now. */
  boolean isHopeless(long heapBytes) {
    StartFailures known = failures.get(heapBytes);
    return known != null && known.hopeless() && !roster.hasSize(heapBytes);
  }

  /** A run has ended here, after so long and so much of a processor. */
  void worked(WorkerProcess worker, long nanos, long cpuNanos) {
    failures.remove(worker.heapBytes);
    worker.workedNanos += nanos;
    worker.computedNanos += cpuNanos;
  }

  private Set<Long> sizesInNeed(long now) {
    long standard = settings.shape().heapBytes();
    Set<Long> sizes = new LinkedHashSet<>();
    for (PooledRun run : roster.waiting()) {
      boolean tooLong = now - run.submittedNanos >= settings.patience().scaleUp().toNanos();
      boolean another = tooLong && warmUp.leavesRoom(run.heapBytes, now);
      if (another || !roster.hasSize(run.heapBytes)) {
        sizes.add(run.heapBytes);
      }
    }
    int unworn = roster.count(worker -> worker.heapBytes == standard && counts(worker));
    boolean tooFew =
        unworn < settings.workers().warm() && (unworn == 0 || hasProcessorsToSpare(now));
    // A replacement in waiting would be in the way of those who need room already.
    if (tooFew || (sizes.isEmpty() && allBusyForLong(now))) {
      sizes.add(standard);
    }
    return sizes;
  }

  /** A worker that was just started keeps two processors busy, its script's and its compilers'. */
  private boolean hasProcessorsToSpare(long now) {
    int young = roster.count(worker -> worker.age().compareTo(SETTLING) < 0);
    boolean settled = 2 * young < Runtime.getRuntime().availableProcessors();
    return settled && !warmUp.isUnderWay(now);
  }

  private boolean mayStartAnother(long heapBytes) {
    if (roster.count(w -> w.phase == Phase.STARTING && w.heapBytes == heapBytes) > 0) {
      return false;
    }
    int spare = heapBytes == settings.shape().heapBytes() ? 1 : 0;
    return live() < settings.workers().max() + parked() + spare;
  }

  private boolean allBusyForLong(long now) {
    return warmUp.leavesRoom(settings.shape().heapBytes(), now)
        && roster.count(worker -> counts(worker) && !isBusyForLong(worker, now)) == 0;
  }

  private static boolean isBusyForLong(WorkerProcess worker, long now) {
    PooledRun run = worker.current;
    return worker.phase == Phase.BUSY
        && run != null
        && now - run.assignedNanos > LONG_RUN.toNanos();
  }

  /** Another size is waited for, there is no room for it, and nobody waits for this one. */
  private boolean isInTheWay(WorkerProcess worker) {
    return shouldMakeRoom(worker) && !roster.isWaitedFor(worker.heapBytes);
  }

  private boolean isSurplus(WorkerProcess worker) {
    if (worker.heapBytes != settings.shape().heapBytes()) {
      return true;
    }
    int standard = roster.count(w -> w.heapBytes == worker.heapBytes && counts(w));
    int needed = Math.max(settings.workers().warm(), roster.count(Phase.BUSY) + 1);
    return standard > needed;
  }

  private boolean hasFresh(long heapBytes) {
    return roster.count(w -> w.heapBytes == heapBytes && counts(w) && w.phase != Phase.STARTING)
        > 0;
  }

  private int live() {
    return roster.count(this::counts);
  }

  /** A worker that leaves or is worn out is replaced before it is gone. */
  private boolean counts(WorkerProcess worker) {
    return worker.phase != Phase.LEAVING && !isWorn(worker);
  }

  private boolean isWorn(WorkerProcess worker) {
    return worker.retired || worker.runs >= settings.shape().runsPerWorker();
  }
}
