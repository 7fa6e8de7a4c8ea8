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
   */
  record Ran(Outcome outcome, @Nullable String spoiled, long cpuNanos, long peakBytes) {}

  private static final Source ENTRY = internal("__import__('_pulzar.entry', fromlist=['_'])");
  private static final Source SEARCH_PATH = internal("__import__('sys').path");

  private final Context context;
  private final Executor closers;
  private final SandboxFileSystem files;
  private final HostPort port;
  private final HostPaths paths;
  private final RunResources resources;
  private final String packages;
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
    Value path = context.eval(SEARCH_PATH);
    for (Path directory : sandbox.searchPath()) {
      path.invokeMember("append", directory.toString());
    }
    entry = context.eval(ENTRY);
    packages = sandbox.packages();
    entry.invokeMember("connect", port, network);
    begin = entry.getMember("begin");
    end = entry.getMember("end");
  }

  /** Imports one more of the modules that most scripts use; false when there is none left. */
  boolean importNextAhead() {
    return entry.invokeMember("import_next_ahead").asBoolean();
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
      adopt(prepare.root(), prepare.name(), prepare.entry());
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
    UsageMeter meter = UsageMeter.start();
    port.connect(session);
    session.onStop(this::cancel);
    Outcome outcome;
    String spoiled;
    try {
      openFiles(session.start());
      outcome = Outcomes.completed(execute(session.start()));
      spoiled = end(session.start().isolation());
    } catch (PolyglotException | IllegalStateException e) {
      outcome = new Outcomes(session, entry, paths).of(e);
      spoiled = raisedWarm(outcome, session) ? endWarm() : endAfterFailure(session);
    } catch (IOException e) {
      outcome = new Outcome.Crashed("the worker cannot reach the files of the run: " + e);
      spoiled = "the files of the run were out of reach";
    }
    port.connect(null);
    if (spoiled != null || session.start().isolation() != Isolation.WARM) {
      resources.close();
    }
    files.closeRun();
    return new Ran(outcome, spoiled, meter.cpuNanos(), meter.peakBytes());
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
      function = adopt(start.root(), start.name(), start.entry());
    }
    begin.executeVoid(start.scratch(), start.input(), start.isolation() == Isolation.WARM);
    return function.execute(start.arguments()).asString();
  }

  private Value adopt(String root, String name, Script.Entry how) {
    entry.invokeMember("adopt", root, name, kindOf(how), packages);
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

  private @Nullable String end(Isolation isolation) {
    Value problem = end.execute(isolation == Isolation.WARM);
    return problem.isNull() ? null : problem.asString();
  }

  /**
   * A warm script keeps its modules anyhow, and one that raises has often only refused its input.
   */
  private static boolean raisedWarm(Outcome outcome, RunSession session) {
    return outcome instanceof Outcome.Raised
        && session.start().isolation() == Isolation.WARM
        && session.stopped() == null;
  }

  private @Nullable String endWarm() {
    try {
      return end(Isolation.WARM);
    } catch (PolyglotException | IllegalStateException e) {
      return "the run failed, and so did its end";
    }
  }

  /** Exit functions run after a failure too; the failure itself is what is told. */
  private String endAfterFailure(RunSession session) {
    if (session.stopped() == null) {
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
