package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.wire.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * A Python context with its sandbox. First it is a spare that belongs to nobody, then it is given
 * to one script, in the end it is closed. All but {@link #cancel} and {@link #close} happens on the
 * one thread that it was built on.
 */
final class Interpreter {

  /**
   * How a run ended.
   *
   * @param spoiled why the context must not serve another run, or null
   * @param orderly whether nothing of the run can still be going on in it, so that its end can wait
   */
  record Ran(
      Outcome outcome, @Nullable String spoiled, boolean orderly, long cpuNanos, long peakBytes) {}

  private static final Source ENTRY = internal("__import__('_pulzar.entry', fromlist=['_'])");
  private static final Source SEARCH_PATH = internal("__import__('sys').path");

  private final Context context;
  private final Executor closers;
  private final SandboxFileSystem files;
  private final HostPort port;
  private final HostPaths paths;
  private final ThreadControl threads;
  private final Duration cleanUp;
  private final RunResources resources;
  private final String packages;
  private final LearnedImports imports;
  private final Value entry;
  private final Value begin;
  private final Value end;
  private @Nullable Value call;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private int runs;

  Interpreter(Sandbox sandbox, boolean network) {
    files = sandbox.newFileSystem();
    closers = sandbox.closers();
    paths = new HostPaths(sandbox.directories());
    resources = new RunResources(files, network);
    port = new HostPort(sandbox.services(), resources, paths);
    context = sandbox.newContext(files, port, network);
    cleanUp = sandbox.cleanUp();
    Value path = context.eval(SEARCH_PATH);
    threads = ThreadControl.here(context);
    for (Path directory : sandbox.searchPath()) {
      path.invokeMember("append", directory.toString());
    }
    entry = context.eval(ENTRY);
    packages = sandbox.packages();
    imports = sandbox.imports();
    entry.invokeMember("connect", port, new LibraryWatch(), network);
    begin = entry.getMember("begin");
    end = entry.getMember("end");
  }

  /** Imports one more of the modules that most scripts use; false when there is none left. */
  boolean importNextAhead() {
    return entry.invokeMember("import_next_ahead").asBoolean();
  }

  /** Takes more of the libraries into the snapshot of clean runs; false when it has them all. */
  boolean prepareCleanRuns() {
    return entry.invokeMember("prepare_clean_runs").asBoolean();
  }

  ThreadControl threads() {
    return threads;
  }

  SandboxFileSystem files() {
    return files;
  }

  int runs() {
    return runs;
  }

  boolean sourcesChanged() {
    return files.sourcesChanged();
  }

  /**
   * Gives the context to a script and loads it.
   *
   * @param pace is called before each file that is opened meanwhile
   * @return why that failed, or an empty text
   */
  String prepare(Message.Prepare prepare, Runnable pace) {
    files.setPace(pace);
    try {
      files.setScripts(Path.of(prepare.root()));
      adopt(prepare.root(), prepare.name(), prepare.entry(), Isolation.WARM);
      entry.invokeMember("prepare");
      return "";
    } catch (PolyglotException e) {
      return e.isCancelled() ? "it takes too long" : String.valueOf(e.getMessage());
    } catch (IllegalStateException | IOException e) {
      return e.toString();
    } finally {
      files.setPace(() -> {});
    }
  }

  /** Runs the script once. */
  Ran run(RunSession session) {
    runs++;
    CallDepth.reset();
    UsageMeter meter = UsageMeter.start();
    port.connect(session);
    session.onStop(() -> stop(session));
    Outcome outcome;
    String spoiled;
    boolean orderly = false;
    try {
      openFiles(session.start());
      outcome = Outcomes.completed(execute(session.start()));
      End ended = end(session.start());
      spoiled = ended.problem();
      orderly = ended.orderly();
    } catch (PolyglotException | IllegalStateException e) {
      outcome = new Outcomes(session, entry, paths).of(e);
      spoiled = raisedWarm(outcome, session) ? endWarm(session.start()) : endAfterFailure();
    } catch (IOException e) {
      outcome = new Outcome.Crashed("the worker cannot reach the files of the run: " + e);
      spoiled = "the files of the run were out of reach";
    }
    StopReason stopped = session.stopped();
    if (stopped != null) {
      // Also when the script has caught what stopped it.
      outcome = new Outcomes(session, entry, paths).of(stopped);
    }
    port.connect(null);
    if (spoiled != null || session.start().isolation() != Isolation.WARM) {
      resources.close();
    }
    files.closeRun();
    return new Ran(outcome, spoiled, orderly, meter.cpuNanos(), meter.peakBytes());
  }

  private void openFiles(Message.Start start) throws IOException {
    paths.begin(Path.of(start.root()), Path.of(start.scratch()), inputOf(start));
    files.openRun(Path.of(start.scratch()), start.scratchBytes(), inputOf(start));
    if (call == null) {
      files.setScripts(Path.of(start.root()));
    }
  }

  private String execute(Message.Start start) {
    Value function = call;
    if (function == null) {
      function = adopt(start.root(), start.name(), start.entry(), start.isolation());
    }
    begin.executeVoid(start.scratch(), start.input(), start.secrets(), start.variables());
    return function.execute(start.arguments()).asString();
  }

  private Value adopt(String root, String name, Script.Entry how, Isolation isolation) {
    boolean clean = isolation == Isolation.CLEAN;
    String known = clean ? imports.of(kindOf(how) + '/' + name) : "";
    entry.invokeMember("adopt", root, name, kindOf(how), packages, clean, known);
    Value function = entry.getMember(functionOf(how));
    call = function;
    return function;
  }

  /** The folder of such scripts, as packages for some of them are named after it. */
  private static String kindOf(Script.Entry how) {
    return switch (how) {
      case JOB -> "jobs";
      case EXTENSION -> "extensions";
      case FUNCTION -> "third_party";
      case PROCESS -> "processes";
    };
  }

  private static String functionOf(Script.Entry entry) {
    return switch (entry) {
      case JOB -> "job";
      case EXTENSION -> "extension";
      case FUNCTION -> "function";
      case PROCESS -> "process";
    };
  }

  /**
   * The end of a run.
   *
   * @param problem why no other run may follow, or null
   * @param orderly whether the problem is only that the context is not the best one for the next
   */
  private record End(@Nullable String problem, boolean orderly) {}

  private End end(Message.Start start) {
    Value ended = end.execute(start.isolation() == Isolation.WARM);
    Value problem = ended.getArrayElement(0);
    String imported = ended.getArrayElement(1).asString();
    if (!imported.isEmpty()) {
      imports.learn(kindOf(start.entry()) + '/' + start.name(), imported);
    }
    return new End(problem.isNull() ? null : problem.asString(), !imported.isEmpty());
  }

  /**
   * A warm script keeps its modules anyhow, and one that raises has often only refused its input.
   */
  private static boolean raisedWarm(Outcome outcome, RunSession session) {
    return outcome instanceof Outcome.Raised
        && session.start().isolation() == Isolation.WARM
        && session.stopped() == null;
  }

  private @Nullable String endWarm(Message.Start start) {
    try {
      return end(start).problem();
    } catch (PolyglotException | IllegalStateException e) {
      return "the run failed, and so did its end";
    }
  }

  /** Exit functions run after a failure too; the failure itself is what is told. */
  private String endAfterFailure() {
    if (!closing.get()) {
      try {
        end.executeVoid(false);
      } catch (PolyglotException | IllegalStateException e) {
        return "the run failed, and so did its end";
      }
    }
    return "the run failed";
  }

  private static @Nullable Path inputOf(Message.Start start) {
    String input = start.input();
    return input == null ? null : Path.of(input);
  }

  /** Has the script clean up, if there is a reason to, and stops it when that takes too long. */
  private void stop(RunSession session) {
    StopReason reason = session.stopped();
    if (reason == null || !reason.leavesTime()) {
      cancel();
      return;
    }
    closers.execute(
        () -> {
          try {
            resources.interrupt();
            threads.interrupt(session::cleansUp);
            session.refuseCalls();
            boolean _ = closed.await(cleanUp.toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            session.cutOff();
            cancel();
          }
        });
  }

  /** Stops whatever runs in the context, from any thread, without waiting for it. */
  void cancel() {
    if (closing.compareAndSet(false, true)) {
      closers.execute(
          () -> {
            resources.interrupt();
            context.close(true);
            resources.close();
            closed.countDown();
          });
    }
  }

  /**
   * Ends the context and every thread in it.
   *
   * @return false when something in it could not be stopped in that time
   */
  boolean close(Duration patience) throws InterruptedException {
    cancel();
    return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Source internal(String code) {
    return Source.newBuilder("python", code, "<worker>").internal(true).buildLiteral();
  }
}
