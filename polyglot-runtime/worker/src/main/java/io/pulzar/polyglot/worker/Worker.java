package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.wire.Message;
import io.pulzar.polyglot.wire.MessageReader;
import io.pulzar.polyglot.wire.MessageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads what the pool says, and runs one script at a time for it. */
final class Worker implements AutoCloseable {

  private final Sandbox sandbox;
  private final Contexts contexts;
  private final IdleGate gate = new IdleGate();
  private final MessageReader reader;
  private final PoolLink pool;
  private final Alarm<RunSession> flushing = new Alarm<>("flusher", RunSession::flush);
  private final Alarm<RunSession> timeLimit =
      new Alarm<>("time-limit", run -> run.stop(StopReason.TIME_LIMIT));
  private final RunWatch watch;
  private final ScheduledExecutorService watchdog = daemon("watchdog");
  private final CollectorLoad collector = new CollectorLoad(now(), CollectorLoad.collecting());
  private volatile @Nullable RunSession current;

  /** The number of the run that began last. */
  private volatile long lastRun;

  /**
   * @param whenLost called when the pool cannot be written to any more
   * @param whenFull called when only the end of the process frees what a run holds
   */
  Worker(
      WorkerOptions options, InputStream in, OutputStream out, Runnable whenLost, Runnable whenFull)
      throws IOException {
    watch = new RunWatch(whenFull);
    sandbox = new Sandbox(options);
    contexts = new Contexts(sandbox, options, gate);
    reader = new MessageReader(in);
    pool = new PoolLink(new MessageWriter(out), whenLost);
    var _ =
        watchdog.scheduleWithFixedDelay(
            orEnd(
                () -> {
                  if (collector.isTooHigh(now(), CollectorLoad.collecting())) {
                    whenFull.run();
                  }
                }),
            CollectorLoad.LOOK.toMillis(),
            CollectorLoad.LOOK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Works until the pool closes its end. */
  void serve() throws IOException {
    contexts.replenish();
    contexts.awaitSpare();
    pool.send(List.of(new Message.Ready(sandbox.isCompiled(), sandbox.version())));
    for (Message message = reader.read(); message != null; message = reader.read()) {
      handle(message);
    }
  }

  private void handle(Message message) {
    switch (message) {
      case Message.Start start -> begin(start);
      case Message.Cancel cancel -> {
        RunSession run = current;
        if (run != null && run.start().run() == cancel.run()) {
          run.stop(StopReason.CANCEL);
        }
      }
      case Message.Prepare prepare -> contexts.whenReplenished(() -> load(prepare));
      case Message.HostResult result -> {
        RunSession run = current;
        if (run != null && run.start().run() == result.run()) {
          run.answer(result.call(), result.json());
        }
      }
      case Message.ToPool unexpected ->
          throw new IllegalArgumentException("a pool does not say " + unexpected);
    }
  }

  private void begin(Message.Start start) {
    gate.setBusy(true);
    lastRun = start.run();
    RunSession session = new RunSession(start, pool, flushing);
    current = session;
    ContextThread seat = contexts.take(start);
    seat.run(
        session, interpreter -> started(session, interpreter), ended -> end(session, seat, ended));
  }

  /** The context is there: a script's time does not run while that is built. */
  private void started(RunSession session, Interpreter interpreter) {
    watch.begin(session, interpreter.files(), interpreter.threads());
    session.send(new Message.Started(session.start().run()));
    timeLimit.setIn(session.start().timeoutMillis(), TimeUnit.MILLISECONDS, session);
  }

  private void load(Message.Prepare prepare) {
    ContextThread seat = contexts.prepare(prepare);
    if (seat == null) {
      pool.send(List.of(new Message.Prepared("", contexts.keptKeys())));
      return;
    }
    LoadingLimit limit = new LoadingLimit(seat, prepare.timeoutMillis());
    limit.begin();
    seat.prepare(
        prepare,
        problem -> {
          limit.end();
          // What a run took over, or did not wait for, is that run's to tell.
          boolean failed = !problem.isEmpty() && contexts.drop(prepare.contextKey(), seat);
          pool.send(List.of(new Message.Prepared(failed ? problem : "", contexts.keptKeys())));
        });
  }

  /**
   * Stops a loading that takes too long. It starts again when a run went on meanwhile, for which
   * the loading had to wait.
   */
  private final class LoadingLimit {

    private final ContextThread seat;
    private final long millis;
    private volatile boolean over;

    LoadingLimit(ContextThread seat, long millis) {
      this.seat = seat;
      this.millis = millis;
    }

    void begin() {
      long before = lastRun;
      var _ = watchdog.schedule(orEnd(() -> look(before)), millis, TimeUnit.MILLISECONDS);
    }

    private void look(long before) {
      if (over) {
        return;
      }
      if (current == null && lastRun == before) {
        seat.cancel();
      } else {
        begin();
      }
    }

    void end() {
      over = true;
    }
  }

  private void end(RunSession session, ContextThread seat, Interpreter.Ran ran) {
    timeLimit.clear();
    watch.end();
    boolean reusable = true;
    boolean unstopped = session.endsUnstopped();
    if (unstopped && ran.spoiled() == null) {
      contexts.giveBack(session.start(), seat);
    } else if (unstopped && ran.orderly()) {
      contexts.discard(seat);
    } else {
      reusable = contexts.destroy(seat);
    }
    current = null;
    session.end(
        new Message.Ended(
            session.start().run(),
            ran.outcome(),
            ran.cpuNanos(),
            ran.peakBytes(),
            reusable,
            contexts.keptKeys()));
    gate.setBusy(false);
    contexts.replenish();
  }

  @Override
  public void close() throws IOException {
    watch.close();
    contexts.close();
    flushing.close();
    timeLimit.close();
    watchdog.shutdownNow();
    sandbox.close();
  }

  /** An executor would keep the failure to itself, and not come back to the task. */
  private static Runnable orEnd(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        WorkerThread.endProcess(e);
      }
    };
  }

  private static ScheduledExecutorService daemon(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }
}
