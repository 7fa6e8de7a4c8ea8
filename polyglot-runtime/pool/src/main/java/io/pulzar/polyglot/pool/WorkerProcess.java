package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.WorkerStatus;
import io.pulzar.polyglot.wire.Message;
import io.pulzar.polyglot.wire.MessageReader;
import io.pulzar.polyglot.wire.MessageWriter;
import io.pulzar.polyglot.wire.ProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker, from the start of its process to its burial, and the thread that reads from it. */
final class WorkerProcess {

  /** A start that gets less than this part of a processor is taken for stuck. */
  private static final int SLOWEST_START = 50;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** What a worker may send beyond the output limit before it counts as out of control. */
  private static final long OUTPUT_SLACK = 1 << 20;

  /** Where a worker is in its life. */
  enum Phase {
    STARTING,
    IDLE,
    BUSY,
    /** Asked to exit, or being killed. Takes no more runs. */
    LEAVING
  }

  /** What the pool hears, on the worker's thread. */
  interface Events {

    void ready(WorkerProcess worker, Message.Ready ready);

    void started(WorkerProcess worker, PooledRun run);

    void ended(WorkerProcess worker, PooledRun run, Message.Ended ended);

    void prepared(WorkerProcess worker, Message.Prepared prepared);

    /** The process is no more. */
    void gone(WorkerProcess worker, Outcome why);
  }

  final long heapBytes;
  private final Events events;
  private final SeenErrors complaints;
  private final Duration grace;
  private final long bornNanos;
  private final Thread thread;
  private volatile @Nullable Process process;
  private volatile @Nullable MessageWriter writer;
  private volatile boolean killed;

  /** Odd while the listener is being called. */
  private final AtomicLong listenerCalls = new AtomicLong();

  /** Characters of log and output of the current run; for the worker's thread only. */
  private long received;

  /** These are written under the pool's lock, and read by the worker's thread without it. */
  volatile Phase phase = Phase.STARTING;

  volatile @Nullable PooledRun current;
  volatile @Nullable HostCallQueue desk;

  /** How many questions of its run wait for other runs; only under the lock. */
  int parked;

  /** The script that it loads ahead of need. */
  volatile Message.@Nullable Prepare preparing;

  /** These are guarded by the pool's lock. */
  List<String> keptContexts = List.of();

  int runs;

  /** How long it was busy with the runs that have ended. */
  long workedNanos;

  /** The processor time of these. */
  long computedNanos;

  /** How many of the scripts to be prepared it was told of. */
  int preparations;

  long idleSinceNanos;
  private boolean leaveAsked;

  /** When the process is killed unless it answers, and what that means for its run. */
  long deadlineNanos;

  Outcome verdict = new Outcome.Crashed("the worker did not start in time");

  /** Is to be replaced at the next opportunity. */
  boolean retired;

  private long listenerCallsAtLastLook;

  private Duration processorTimeAtLastLook = Duration.ZERO;

  WorkerProcess(
      int number,
      long heapBytes,
      ProcessStarter starter,
      Events events,
      SeenErrors complaints,
      Patience patience) {
    this.heapBytes = heapBytes;
    this.events = events;
    this.complaints = complaints;
    this.grace = patience.grace();
    this.bornNanos = System.nanoTime();
    this.deadlineNanos = bornNanos + patience.start().toNanos();
    this.thread =
        Thread.ofPlatform().daemon().name("python-worker-" + number).unstarted(() -> live(starter));
  }

  /** Starts the process; that there is no thread to do so is reported like its death. */
  void launch() {
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      events.gone(this, new Outcome.Crashed("the server gets no more threads: " + e.getMessage()));
    }
  }

  /**
   * Whether a start that is late still gets on: on a busy machine it takes as long as the others
   * let it. Told by the processor time that it had since the last look, and had not in all.
   *
   * @param most what a start may take of either time or, on a busy machine, processor time
   */
  boolean startsSlowly(Duration most) {
    Duration had =
        Optional.ofNullable(process)
            .flatMap(started -> started.info().totalCpuDuration())
            .orElse(Duration.ZERO);
    Duration since = had.minus(processorTimeAtLastLook);
    processorTimeAtLastLook = had;
    return phase == Phase.STARTING
        && had.compareTo(most) < 0
        && since.compareTo(most.dividedBy(SLOWEST_START)) > 0;
  }

  /** Gives the worker this long at most; an earlier deadline stays. Under the pool's lock. */
  void answerWithin(Duration time, Outcome otherwise) {
    long deadline = System.nanoTime() + time.toNanos();
    if (deadline - deadlineNanos < 0) {
      deadlineNanos = deadline;
      verdict = otherwise;
    }
  }

  /** Takes no more runs; {@link #closeInput} is to follow. Under the pool's lock. */
  void leave(Duration time) {
    phase = Phase.LEAVING;
    leaveAsked = true;
    deadlineNanos = System.nanoTime() + time.toNanos();
  }

  boolean wasAskedToLeave() {
    return leaveAsked;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - bornNanos);
  }

  Optional<Process> process() {
    return Optional.ofNullable(process);
  }

  Optional<Long> pid() {
    return process().map(Process::pid);
  }

  /** Under the pool's lock; empty before there is a process. Its memory is left out. */
  Optional<WorkerStatus> status() {
    Optional<String> run = Optional.ofNullable(current).map(busy -> busy.call.id());
    return pid().map(pid -> new WorkerStatus(pid, state(), run, runs, 0));
  }

  private WorkerStatus.State state() {
    return switch (phase) {
      case STARTING -> WorkerStatus.State.STARTING;
      case IDLE -> WorkerStatus.State.IDLE;
      case BUSY -> WorkerStatus.State.BUSY;
      case LEAVING -> WorkerStatus.State.LEAVING;
    };
  }

  /**
   * Sends a message. A process that is gone does not hear it, which its thread finds out.
   *
   * @return the reason when the message can never be sent, however often it is tried
   */
  @Nullable String send(Message.ToWorker message) {
    MessageWriter out = writer;
    if (out == null) {
      return null;
    }
    try {
      out.write(message);
      return null;
    } catch (ProtocolException e) {
      return e.getMessage();
    } catch (IOException e) {
      LOG.debug("worker {} does not hear {}: {}", this, message.getClass().getSimpleName(), e);
      return null;
    }
  }

  /** Ends the process now; its thread reports it gone. */
  void kill() {
    killed = true;
    Process victim = process;
    if (victim != null) {
      victim.destroyForcibly();
    }
  }

  /** Lets the process end by itself; the pool's lock holder sets a deadline for that. */
  void closeInput() {
    Process leaving = process;
    if (leaving != null) {
      try {
        leaving.getOutputStream().close();
      } catch (IOException e) {
        LOG.debug("worker {} is gone already: {}", this, e.getMessage());
      }
    }
  }

  /** Waits until the process is gone and was reported. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    if (!Thread.currentThread().equals(thread)) {
      thread.join(atMost);
    }
  }

  /**
   * Whether the listener has been in one and the same call since the last look. It is not the
   * worker's fault then that nothing is read from it. Called under the pool's lock.
   */
  boolean listenerBlocks() {
    long now = listenerCalls.get();
    boolean blocks = (now & 1) == 1 && now == listenerCallsAtLastLook;
    listenerCallsAtLastLook = now;
    return blocks;
  }

  @Override
  public String toString() {
    return pid().map(pid -> "process " + pid).orElse("without a process");
  }

  private void live(ProcessStarter starter) {
    Outcome why = new Outcome.Crashed("an internal error; see the server's log");
    try {
      Process started = starter.start(heapBytes);
      process = started;
      writer = new MessageWriter(started.getOutputStream());
      StandardError.drain(started, complaints);
      if (killed) {
        started.destroyForcibly();
      }
      why = readUntilGone(started);
    } catch (IOException e) {
      why = new Outcome.Crashed("the worker process cannot be started: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      kill();
      Survivable.orThrow(e);
      LOG.error("worker {} is given up after a fault of the pool", this, e);
    } finally {
      // Whatever happened: its run waits for an end, and its place for a successor.
      events.gone(this, why);
    }
  }

  private Outcome readUntilGone(Process started) {
    @Nullable String broken = null;
    try {
      readAll(new MessageReader(started.getInputStream()));
    } catch (ProtocolException e) {
      broken = e.getMessage();
      kill();
    } catch (IOException e) {
      LOG.debug("worker {} cannot be read any more: {}", this, e.getMessage());
    }
    int exitCode = reap(started);
    if (broken != null) {
      LOG.warn("worker {} broke the protocol: {}", this, broken);
      return new Outcome.Crashed("the worker process sent something that is no message: " + broken);
    }
    return ExitCode.explain(exitCode, outOfMemory());
  }

  /** What a run here is told whose memory is used up. */
  Outcome outOfMemory() {
    PooledRun run = current;
    return new Outcome.OutOfMemory(run == null ? heapBytes : run.call.limits().memoryBytes());
  }

  private int reap(Process started) {
    try {
      if (!started.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
        // It closed its output and lives on.
        kill();
      }
      return started.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the thread of a worker", e);
    }
  }

  private void readAll(MessageReader reader) throws IOException {
    for (Message message = reader.read(); message != null; message = reader.read()) {
      if (!(message instanceof Message.ToPool toPool)) {
        throw unexpected(message);
      }
      take(toPool);
    }
  }

  private void take(Message.ToPool message) throws ProtocolException {
    switch (message) {
      case Message.Ready ready -> {
        if (phase != Phase.STARTING && phase != Phase.LEAVING) {
          throw unexpected(message);
        }
        events.ready(this, ready);
      }
      case Message.Started started -> {
        PooledRun run = expect(started.run());
        received = 0;
        events.started(this, run);
        tell(run, RunListener::started);
      }
      case Message.Log log -> {
        PooledRun run = expect(log.run());
        count(run, log.text());
        tell(run, listener -> listener.log(log.text()));
      }
      case Message.Output output -> {
        PooledRun run = expect(output.run());
        count(run, output.part());
        tell(run, listener -> listener.output(output.part()));
      }
      case Message.HostCall call -> {
        expect(call.run());
        HostCallQueue open = desk;
        if (open != null) {
          open.ask(call);
        }
      }
      case Message.Ended ended -> events.ended(this, expect(ended.run()), ended);
      case Message.Prepared prepared -> {
        if (preparing == null) {
          throw unexpected(message);
        }
        events.prepared(this, prepared);
      }
    }
  }

  private void tell(PooledRun run, Consumer<RunListener> news) {
    listenerCalls.incrementAndGet();
    run.tell(news);
    listenerCalls.incrementAndGet();
  }

  private PooledRun expect(long number) throws ProtocolException {
    PooledRun run = current;
    if (run == null || run.number != number) {
      throw new ProtocolException("a message about run %d, which is not here".formatted(number));
    }
    return run;
  }

  /** The worker keeps the limit itself; this guards against one that was taken over. */
  private void count(PooledRun run, String text) throws ProtocolException {
    received += text.length();
    if (received - OUTPUT_SLACK > run.call.limits().outputBytes()) {
      throw new ProtocolException("more output than its limit allows");
    }
  }

  private static ProtocolException unexpected(Message message) {
    return new ProtocolException("an unexpected message " + message.getClass().getSimpleName());
  }
}
