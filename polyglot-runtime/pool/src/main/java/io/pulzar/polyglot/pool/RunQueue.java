package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.Usage;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.WorkerStatus;
import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import io.pulzar.polyglot.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives runs to workers and takes them back.
 *
 * <p>Each method decides under the lock and acts after it. A run belongs to exactly one place at
 * any time: the queue, a worker, or the end; who takes it out of the one under the lock puts it
 * into the next, so it is finished exactly once.
 */
final class RunQueue {

  /** Sizes of workers are multiples of this, so that scripts with similar needs share workers. */
  private static final long HEAP_STEP = 128L << 20;

  /** A run that found its worker, to be sent there after the lock. */
  private record Match(WorkerProcess worker, PooledRun run) {}

  final ReentrantLock lock = new ReentrantLock();

  /** These two are guarded by the lock. */
  final WorkerList roster = new WorkerList();

  final PoolSizing staffing;

  private final Preparations preparations;
  private final RuntimeSettings settings;
  private final ScratchSpace scratch;
  private long lastRun;
  private volatile boolean closed;

  RunQueue(RuntimeSettings settings, ScratchSpace scratch) {
    this.settings = settings;
    this.scratch = scratch;
    this.staffing = new PoolSizing(settings, roster);
    this.preparations = new Preparations(settings.shape().heapBytes());
  }

  PooledRun submit(Call call, RunListener listener) throws RuntimeFullException {
    long heapBytes = workerSize(call);
    PooledRun run;
    @Nullable WorkerProcess worker = null;
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the Python runtime is closed");
      }
      long now = System.nanoTime();
      run = new PooledRun(++lastRun, call, listener, heapBytes, now, this::cancel);
      if (heapBytes > settings.shape().maxHeapBytes()) {
        run.over = true;
      } else {
        worker = assignOrEnqueue(run);
      }
    } finally {
      lock.unlock();
    }
    if (worker != null) {
      begin(worker, run);
    } else if (heapBytes > settings.shape().maxHeapBytes()) {
      finishUnstarted(run, tooLarge(heapBytes));
    }
    return run;
  }

  void cancel(PooledRun run) {
    boolean unstarted;
    @Nullable WorkerProcess worker;
    lock.lock();
    try {
      if (run.over || run.cancelRequested) {
        return;
      }
      run.cancelRequested = true;
      unstarted = roster.waiting().remove(run);
      run.over = unstarted;
      worker = run.worker;
      if (worker != null) {
        worker.answerWithin(settings.patience().grace(), new Outcome.Canceled());
      }
    } finally {
      lock.unlock();
    }
    if (unstarted) {
      finishUnstarted(run, new Outcome.Canceled());
    } else if (worker != null) {
      WorkerProcess told = worker;
      // The pipe may be full, and the caller must not wait for that.
      Thread.startVirtualThread(() -> told.send(new Message.Cancel(run.number)));
    }
  }

  /** The script is about to be imported, so its time runs. */
  void started(WorkerProcess worker, PooledRun run) {
    lock.lock();
    try {
      run.started = true;
      if (!run.cancelRequested && worker.phase == Phase.BUSY) {
        Duration limit = run.call.limits().timeout();
        worker.deadlineNanos =
            System.nanoTime() + limit.plus(settings.patience().grace()).toNanos();
        worker.verdict = new Outcome.TimedOut(limit);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A new worker takes its first run. */
  void onReady(WorkerProcess worker) {
    List<Match> matches;
    lock.lock();
    try {
      if (worker.phase != Phase.STARTING) {
        return;
      }
      worker.phase = Phase.IDLE;
      worker.idleSinceNanos = System.nanoTime();
      matches = matchIdle();
    } finally {
      lock.unlock();
    }
    matches.forEach(match -> begin(match.worker(), match.run()));
    prepareNext(worker);
  }

  /** Each worker, now there or to come, loads these scripts when it has nothing to run. */
  void prepare(List<Script> scripts, Limits limits) {
    lock.lock();
    try {
      preparations.want(scripts, limits);
    } finally {
      lock.unlock();
    }
    workers().forEach(this::prepareNext);
  }

  void prepared(WorkerProcess worker, Message.Prepared prepared) {
    lock.lock();
    try {
      preparations.done(worker, prepared);
    } finally {
      lock.unlock();
    }
    prepareNext(worker);
  }

  private void prepareNext(WorkerProcess worker) {
    Message.Prepare next;
    lock.lock();
    try {
      next = preparations.nextFor(worker);
    } finally {
      lock.unlock();
    }
    if (next != null) {
      worker.send(next);
    }
  }

  /** The run is over; its worker takes the next one, unless it has to leave. */
  void release(WorkerProcess worker, PooledRun run, Message.Ended ended) {
    @Nullable PooledRun next = null;
    List<Match> others = List.of();
    boolean leaves;
    lock.lock();
    try {
      detach(worker, run);
      run.over = true;
      worker.runs++;
      worker.keptContexts = ended.keptScripts();
      staffing.worked(worker, System.nanoTime() - run.assignedNanos, ended.cpuNanos());
      leaves =
          worker.phase == Phase.LEAVING || !ended.reusable() || staffing.shouldMakeRoom(worker);
      if (leaves) {
        worker.leave(settings.patience().grace());
        others = matchIdle();
      } else {
        worker.phase = Phase.IDLE;
        worker.idleSinceNanos = System.nanoTime();
        next = assignNext(worker);
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      begin(worker, next);
    }
    if (leaves) {
      others.forEach(match -> begin(match.worker(), match.run()));
      worker.closeInput();
    }
    finish(run, ended.outcome(), Duration.ofNanos(ended.cpuNanos()), ended.peakBytes());
  }

  /**
   * The worker is dead. Its run ends with {@code why}, unless the worker never began it: then
   * another one gets it, once.
   */
  void onWorkerLost(WorkerProcess worker, Outcome why) {
    @Nullable PooledRun lost;
    List<Match> matches;
    lock.lock();
    try {
      roster.workers().remove(worker);
      lost = worker.current;
      if (lost != null) {
        detach(worker, lost);
        if (mayBeGivenAgain(worker, lost)) {
          lost.givenTwice = true;
          roster.waiting().addFirst(lost);
          lost = null;
        } else {
          lost.over = true;
        }
      }
      if (worker.phase != Phase.LEAVING) {
        preparations.lost(worker);
      }
      worker.phase = Phase.LEAVING;
      matches = matchIdle();
    } finally {
      lock.unlock();
    }
    matches.forEach(match -> begin(match.worker(), match.run()));
    if (lost != null) {
      finish(lost, why, Duration.ZERO, 0);
    }
  }

  /** Workers of this size cannot be had, so nobody should wait for one. */
  void giveUp(long heapBytes, String reason) {
    List<PooledRun> hopeless = new ArrayList<>();
    lock.lock();
    try {
      for (PooledRun run = roster.takeFirstFor(heapBytes);
          run != null;
          run = roster.takeFirstFor(heapBytes)) {
        run.over = true;
        hopeless.add(run);
      }
    } finally {
      lock.unlock();
    }
    hopeless.forEach(run -> finishUnstarted(run, new Outcome.Crashed(reason)));
  }

  /** Takes no more calls and cancels those that wait. */
  List<WorkerProcess> close() {
    List<PooledRun> unstarted;
    List<WorkerProcess> workers;
    lock.lock();
    try {
      closed = true;
      unstarted = List.copyOf(roster.waiting());
      roster.waiting().clear();
      unstarted.forEach(run -> run.over = true);
      workers = List.copyOf(roster.workers());
      for (WorkerProcess worker : workers) {
        worker.phase = Phase.LEAVING;
        worker.verdict = new Outcome.Canceled();
      }
    } finally {
      lock.unlock();
    }
    unstarted.forEach(run -> finishUnstarted(run, new Outcome.Canceled()));
    return workers;
  }

  List<WorkerProcess> workers() {
    lock.lock();
    try {
      return List.copyOf(roster.workers());
    } finally {
      lock.unlock();
    }
  }

  /** The worker ends as soon as another one can take its place. */
  void retire(WorkerProcess worker) {
    lock.lock();
    try {
      worker.retired = true;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  RuntimeStatus status(boolean compiled, WallReport wall) {
    lock.lock();
    try {
      return new RuntimeStatus(
          compiled,
          roster.count(Phase.IDLE) + roster.count(Phase.BUSY) > 0,
          settings.workers().max(),
          roster.count(Phase.BUSY),
          roster.waiting().size(),
          roster.workers().stream().map(WorkerProcess::pid).flatMap(Optional::stream).toList(),
          wall);
    } finally {
      lock.unlock();
    }
  }

  /** What each worker does; their memory is left out. */
  List<WorkerStatus> workerStatus() {
    lock.lock();
    try {
      return roster.workers().stream()
          .map(WorkerProcess::status)
          .flatMap(Optional::stream)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable WorkerProcess assignOrEnqueue(PooledRun run) throws RuntimeFullException {
    boolean othersFirst = roster.isWaitedFor(run.heapBytes) || !staffing.hasFreeSlot();
    WorkerProcess worker = othersFirst ? null : roster.bestIdleFor(run);
    if (worker != null) {
      assign(worker, run);
    } else if (roster.waiting().size() < settings.workers().queue()) {
      roster.waiting().addLast(run);
    } else {
      throw new RuntimeFullException(settings.workers().queue());
    }
    return worker;
  }

  private List<Match> matchIdle() {
    List<Match> matches = new ArrayList<>();
    for (WorkerProcess worker : roster.workers()) {
      if (worker.phase == Phase.IDLE) {
        PooledRun run = assignNext(worker);
        if (run != null) {
          matches.add(new Match(worker, run));
        }
      }
    }
    return matches;
  }

  private @Nullable PooledRun assignNext(WorkerProcess worker) {
    PooledRun next = staffing.hasFreeSlot() ? roster.takeFirstFor(worker.heapBytes) : null;
    if (next != null) {
      assign(worker, next);
    }
    return next;
  }

  private void assign(WorkerProcess worker, PooledRun run) {
    run.worker = worker;
    run.assignedNanos = System.nanoTime();
    worker.phase = Phase.BUSY;
    worker.current = run;
    worker.desk =
        new HostCallQueue(
            run.call.host(),
            scratch.of(run.number),
            result -> answer(worker, result),
            waits -> park(worker, run, waits));
    worker.deadlineNanos = run.assignedNanos + settings.patience().start().toNanos();
    worker.verdict = new Outcome.Crashed("the worker process did not take the run in time");
  }

  /** A run waits for others, which may need its place, or goes on. */
  private void park(WorkerProcess worker, PooledRun run, boolean waits) {
    List<Match> matches;
    lock.lock();
    try {
      if (worker.current != run) {
        return;
      }
      worker.parked += waits ? 1 : -1;
      matches = waits ? matchIdle() : List.of();
    } finally {
      lock.unlock();
    }
    matches.forEach(match -> begin(match.worker(), match.run()));
  }

  private static void detach(WorkerProcess worker, PooledRun run) {
    HostCallQueue desk = worker.desk;
    if (desk != null) {
      desk.close();
    }
    worker.desk = null;
    worker.current = null;
    worker.parked = 0;
    run.worker = null;
  }

  private static boolean mayBeGivenAgain(WorkerProcess worker, PooledRun run) {
    return worker.phase == Phase.BUSY && !run.started && !run.givenTwice && !run.cancelRequested;
  }

  /** Without the lock: writes to the pipe. */
  private void begin(WorkerProcess worker, PooledRun run) {
    String problem = worker.send(run.toMessage(scratch.of(run.number), settings.shape()));
    if (problem != null) {
      release(
          worker,
          run,
          new Message.Ended(
              run.number, new Outcome.Crashed(problem), 0, 0, true, worker.keptContexts));
    } else if (run.cancelRequested) {
      // cancel() may have told the worker before the worker knew the run.
      worker.send(new Message.Cancel(run.number));
    }
  }

  private static void answer(WorkerProcess worker, Message.HostResult result) {
    if (worker.send(result) != null) {
      String refusal =
          "{\"error\":{\"type\":\"ValueError\",\"message\":\"the platform's answer is too large\"}}";
      worker.send(new Message.HostResult(result.run(), result.call(), refusal));
    }
  }

  private void finishUnstarted(PooledRun run, Outcome outcome) {
    finish(run, outcome, Duration.ZERO, 0);
  }

  private void finish(PooledRun run, Outcome outcome, Duration cpu, long peakBytes) {
    scratch.delete(run.number);
    long now = System.nanoTime();
    Duration queued = Duration.ofNanos(run.assignedNanos - run.submittedNanos);
    Duration ran = Duration.ofNanos(now - run.assignedNanos);
    run.finish(new Finished(outcome, new Usage(queued, ran, cpu, peakBytes)));
  }

  private long workerSize(Call call) {
    long standard = settings.shape().heapBytes();
    long asked = call.limits().memoryBytes();
    return asked <= standard ? standard : Math.ceilDiv(asked, HEAP_STEP) * HEAP_STEP;
  }

  private Outcome tooLarge(long heapBytes) {
    return new Outcome.Crashed(
        "it asks for %d MiB of memory, and pulzar.workers.max-heap allows %d MiB"
            .formatted(heapBytes >> 20, settings.shape().maxHeapBytes() >> 20));
  }
}
