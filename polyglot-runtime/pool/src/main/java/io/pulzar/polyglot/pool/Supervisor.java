package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.WallReport.Strength;
import io.pulzar.polyglot.pool.WorkerProcess.Phase;
import io.pulzar.polyglot.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks after the workers, some twenty times a second: starts those that are needed, ends those
 * that are not, and kills those that do not answer.
 */
final class Supervisor implements WorkerProcess.Events {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /** How late a limit may be noticed. */
  private static final Duration LOOK = Duration.ofMillis(50);

  /** How many looks there are from one measurement of memory to the next: ten seconds. */
  private static final int LOOKS_PER_MEASUREMENT = 200;

  /**
   * What a worker has beside its heap: classes, machine code, stacks, and what its own watch allows
   * a run. More than this is a leak, or a run that its worker can't stop.
   */
  private static final long BESIDE_HEAP_BYTES = 1L << 30;

  /** What a worker of Java has beside its heap for itself. */
  private static final long OWN_BESIDE_HEAP_BYTES = 512L << 20;

  private static final Duration BURIAL = Duration.ofSeconds(10);

  private final RuntimeSettings settings;
  private final RunQueue dispatcher;
  private final ProcessStarter starter;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("python-pool").unstarted(this::lookUntilClosed);
  private final Semaphore newsArrived = new Semaphore(0);
  private final SeenErrors complaints = new SeenErrors();
  private int lastWorker;
  private int looks;
  private volatile boolean compiled;

  Supervisor(RuntimeSettings settings, RunQueue dispatcher, ProcessStarter starter) {
    this.settings = settings;
    this.dispatcher = dispatcher;
    this.starter = starter;
  }

  void start() {
    LOG.info("{}", settings.describe());
    WallReport wall = starter.wall();
    LOG.atLevel(wall.strength() == Strength.WHOLE ? Level.INFO : Level.WARN)
        .log("{}", wall.description());
    thread.start();
  }

  boolean compiled() {
    return compiled;
  }

  void close() {
    List<WorkerProcess> workers = dispatcher.close();
    newsArrived.release();
    try {
      // It may be about to launch one of them.
      thread.join();
      workers.forEach(WorkerProcess::kill);
      for (WorkerProcess worker : workers) {
        worker.awaitEnd(BURIAL);
      }
    } catch (InterruptedException e) {
      workers.forEach(WorkerProcess::kill);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void ready(WorkerProcess worker, Message.Ready ready) {
    compiled = ready.compiled();
    dispatcher.onReady(worker);
    LOG.info(
        "worker {} is ready after {} ms: Python {}, {}",
        worker,
        worker.age().toMillis(),
        ready.version(),
        ready.compiled() ? "compiled" : "interpreted");
  }

  @Override
  public void started(WorkerProcess worker, PooledRun run) {
    dispatcher.started(worker, run);
  }

  @Override
  public void ended(WorkerProcess worker, PooledRun run, Message.Ended ended) {
    dispatcher.release(worker, run, ended);
    if (!ended.reusable()) {
      lookSoon();
    }
  }

  @Override
  public void prepared(WorkerProcess worker, Message.Prepared prepared) {
    dispatcher.prepared(worker, prepared);
  }

  @Override
  public void gone(WorkerProcess worker, Outcome why) {
    Outcome told = noteDeath(worker, why);
    dispatcher.onWorkerLost(worker, told);
    lookSoon();
  }

  private Outcome noteDeath(WorkerProcess worker, Outcome why) {
    dispatcher.lock.lock();
    try {
      boolean unused = worker.runs == 0 && worker.current == null && worker.preparing == null;
      if (unused && !dispatcher.isClosed() && !worker.wasAskedToLeave()) {
        StartFailures failures = dispatcher.staffing.failuresOf(worker.heapBytes);
        failures.add(reason(worker, why), System.nanoTime());
        LOG.error(
            "a Python worker died before it did anything ({} in a row, next try in {} ms): {}",
            failures.inARow(),
            failures.pause().toMillis(),
            failures.lastReason());
      } else if (worker.phase != Phase.LEAVING) {
        LOG.warn("worker {} died: {}", worker, reason(worker, why));
      }
      return worker.phase == Phase.LEAVING ? worker.verdict : why;
    } finally {
      dispatcher.lock.unlock();
    }
  }

  private static String reason(WorkerProcess worker, Outcome why) {
    Outcome outcome = worker.phase == Phase.LEAVING ? worker.verdict : why;
    return outcome instanceof Outcome.Crashed crashed ? crashed.reason() : outcome.toString();
  }

  private void lookSoon() {
    newsArrived.release();
  }

  private void lookUntilClosed() {
    try {
      while (!dispatcher.isClosed()) {
        look();
        if (newsArrived.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          newsArrived.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void look() {
    try {
      long now = System.nanoTime();
      overdue(now).forEach(WorkerProcess::kill);
      bloated(now).forEach(WorkerProcess::kill);
      hired(now).forEach(WorkerProcess::launch);
      dismissed(now).forEach(WorkerProcess::closeInput);
      giveUpTheHopeless();
      if (++looks % LOOKS_PER_MEASUREMENT == 0) {
        retireTheBloated();
        condemnTheOutdated();
      }
    } catch (RuntimeException | Error e) {
      Survivable.orThrow(e);
      tell(e);
    }
  }

  private static void tell(Throwable failure) {
    try {
      LOG.error("looking after the Python workers failed; trying again", failure);
    } catch (OutOfMemoryError _) {
      // The next look tells it, when there is memory to do so.
    }
  }

  private List<WorkerProcess> overdue(long now) {
    List<WorkerProcess> victims = new ArrayList<>();
    dispatcher.lock.lock();
    try {
      for (WorkerProcess worker : dispatcher.roster.workers()) {
        boolean blocked = worker.listenerBlocks();
        if (worker.phase == Phase.IDLE || now - worker.deadlineNanos < 0) {
          continue;
        }
        if (blocked && worker.phase == Phase.BUSY) {
          worker.deadlineNanos = now + settings.patience().grace().toNanos();
          continue;
        }
        if (worker.startsSlowly(settings.patience().start())) {
          LOG.info("worker {} starts slowly, since the machine is busy", worker);
          worker.deadlineNanos = now + settings.patience().start().toNanos();
          continue;
        }
        LOG.warn("worker {} did not answer in time and is killed", worker);
        worker.phase = Phase.LEAVING;
        worker.deadlineNanos = now + settings.patience().grace().toNanos();
        victims.add(worker);
      }
    } finally {
      dispatcher.lock.unlock();
    }
    return victims;
  }

  /**
   * Those whose run has taken more than it was given. Behind the second wall a worker can't see
   * what it takes itself, beside its heap.
   */
  private List<WorkerProcess> bloated(long now) {
    List<WorkerProcess> victims = new ArrayList<>();
    for (WorkerProcess worker : dispatcher.workers()) {
      if (worker.phase == Phase.BUSY && residentOf(worker) > mostResidentOfRun(worker)) {
        victims.add(worker);
      }
    }
    dispatcher.lock.lock();
    try {
      victims.removeIf(worker -> worker.phase != Phase.BUSY);
      for (WorkerProcess worker : victims) {
        LOG.warn("worker {} takes far more memory than its run was given and is killed", worker);
        worker.phase = Phase.LEAVING;
        worker.verdict = worker.outOfMemory();
        worker.deadlineNanos = now + settings.patience().grace().toNanos();
      }
    } finally {
      dispatcher.lock.unlock();
    }
    return victims;
  }

  private static long mostResidentOfRun(WorkerProcess worker) {
    PooledRun run = worker.current;
    long given = run == null ? worker.heapBytes : run.call.limits().memoryBytes();
    return Math.min(
        mostResident(worker),
        WorkerCommand.largestHeap(worker.heapBytes) + OWN_BESIDE_HEAP_BYTES + given);
  }

  private static long residentOf(WorkerProcess worker) {
    return worker.pid().map(ResidentMemory::of).orElse(OptionalLong.empty()).orElse(0);
  }

  private static long mostResident(WorkerProcess worker) {
    return WorkerCommand.largestHeap(worker.heapBytes) + BESIDE_HEAP_BYTES;
  }

  private List<WorkerProcess> hired(long now) {
    List<WorkerProcess> hired = new ArrayList<>();
    dispatcher.lock.lock();
    try {
      if (dispatcher.isClosed()) {
        return hired;
      }
      for (Long size = dispatcher.staffing.nextStart(now);
          size != null;
          size = dispatcher.staffing.nextStart(now)) {
        WorkerProcess worker =
            new WorkerProcess(++lastWorker, size, starter, this, complaints, settings.patience());
        dispatcher.roster.workers().add(worker);
        hired.add(worker);
      }
    } finally {
      dispatcher.lock.unlock();
    }
    return hired;
  }

  private List<WorkerProcess> dismissed(long now) {
    List<WorkerProcess> dismissed = new ArrayList<>();
    dispatcher.lock.lock();
    try {
      for (WorkerProcess worker = dispatcher.staffing.nextLeaver(now);
          worker != null;
          worker = dispatcher.staffing.nextLeaver(now)) {
        worker.leave(settings.patience().grace());
        dismissed.add(worker);
      }
    } finally {
      dispatcher.lock.unlock();
    }
    return dismissed;
  }

  private void giveUpTheHopeless() {
    List<Long> sizes = new ArrayList<>();
    dispatcher.lock.lock();
    try {
      dispatcher.roster.waiting().stream()
          .map(run -> run.heapBytes)
          .distinct()
          .filter(dispatcher.staffing::isHopeless)
          .forEach(sizes::add);
    } finally {
      dispatcher.lock.unlock();
    }
    for (long size : sizes) {
      dispatcher.giveUp(
          size,
          "no Python worker can be started: " + dispatcher.staffing.failuresOf(size).lastReason());
    }
  }

  private void retireTheBloated() {
    for (WorkerProcess worker : dispatcher.workers()) {
      long resident = residentOf(worker);
      if (resident > mostResident(worker)) {
        LOG.warn("worker {} has grown to {} MiB and is replaced", worker, resident >> 20);
        dispatcher.retire(worker);
      }
    }
  }

  private void condemnTheOutdated() {
    for (WorkerProcess worker : dispatcher.workers()) {
      if (worker.process().filter(starter::isOutdated).isPresent()) {
        LOG.info("worker {} can't see a directory that is new and is replaced", worker);
        dispatcher.retire(worker);
      }
    }
  }
}
