package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.CpythonSettings;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Python2Settings;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.RuntimeSettings.Places;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.polyglot.Usage;
import io.pulzar.polyglot.WorkerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One pool for each kind of worker. All but the usual one open when a call first asks for them, so
 * that nobody pays for what no script needs.
 */
public final class RuntimesByKind implements PythonRuntime {

  /** A fork server is up in a fraction of a second, so a call need not wait for another to end. */
  private static final Duration SCALE_UP = Duration.ofMillis(10);

  /** Starts workers of one kind, or says what is missing. */
  @FunctionalInterface
  private interface Kind {
    ProcessStarter starter(RuntimeSettings settings) throws IOException;
  }

  private final RuntimeSettings settings;
  private final WorkerPool graalpy;
  private final Map<ScriptRuntime, LazyPool> others = new EnumMap<>(ScriptRuntime.class);
  private final CpythonSettings cpython;
  private final Python2Settings python2;

  private RuntimesByKind(
      RuntimeSettings settings,
      CpythonSettings cpython,
      Python2Settings python2,
      WorkerPool graalpy) {
    this.settings = settings;
    this.cpython = cpython;
    this.python2 = python2;
    this.graalpy = graalpy;
    others.put(
        ScriptRuntime.CPYTHON,
        new LazyPool(
            settings("cpython", cpython.max(), settings.workers().warm(), SCALE_UP),
            own -> CpythonCommand.of(own, cpython)));
    others.put(
        ScriptRuntime.PYTHON2,
        new LazyPool(
            settings("python2", python2.max(), 1, settings.patience().scaleUp()),
            own -> JythonCommand.of(own, python2)));
  }

  /**
   * Opens the pool of the usual kind.
   *
   * @throws IOException as {@link WorkerPool#open(RuntimeSettings)}
   */
  public static RuntimesByKind open(
      RuntimeSettings settings, CpythonSettings cpython, Python2Settings python2)
      throws IOException {
    return new RuntimesByKind(settings, cpython, python2, WorkerPool.open(settings));
  }

  @Override
  public Run start(Call call, RunListener listener) throws RuntimeFullException {
    LazyPool other = others.get(call.runtime());
    if (other == null) {
      return graalpy.start(call, listener);
    }
    WorkerPool pool;
    try {
      pool = other.open();
    } catch (IOException e) {
      return new Unstarted(new Outcome.Crashed(String.valueOf(e.getMessage())));
    }
    return pool.start(call, listener);
  }

  @Override
  public void prepare(List<Script> scripts, Limits limits) {
    graalpy.prepare(scripts, limits);
  }

  @Override
  public RuntimeStatus status() {
    return graalpy.status();
  }

  @Override
  public Map<ScriptRuntime, RuntimeStatus> statusOfOthers() {
    Map<ScriptRuntime, RuntimeStatus> all = new EnumMap<>(ScriptRuntime.class);
    others.forEach((kind, pool) -> pool.status().ifPresent(status -> all.put(kind, status)));
    return all;
  }

  @Override
  public Map<ScriptRuntime, List<WorkerStatus>> workers() {
    Map<ScriptRuntime, List<WorkerStatus>> all = new EnumMap<>(ScriptRuntime.class);
    all.put(ScriptRuntime.GRAALPY, graalpy.processes());
    others.forEach((kind, pool) -> pool.workers().ifPresent(workers -> all.put(kind, workers)));
    return all;
  }

  @Override
  public String find(ScriptRuntime kind) throws IOException {
    return switch (kind) {
      case GRAALPY -> "GraalPy in " + settings.places().image();
      case CPYTHON -> CpythonCommand.of(settings, cpython).describe();
      case PYTHON2 -> JythonCommand.of(settings, python2).describe();
    };
  }

  @Override
  public void close() {
    others.values().forEach(LazyPool::close);
    graalpy.close();
  }

  private RuntimeSettings settings(String kind, int max, int warm, Duration scaleUp) {
    Places places = settings.places();
    Path scratch = places.scratch();
    Workers workers = settings.workers();
    return new RuntimeSettings(
        new Places(
            places.image(),
            places.pythonLib(),
            places.packages(),
            places.drivers(),
            places.java(),
            scratch.resolveSibling(scratch.getFileName() + "-" + kind)),
        new Workers(max, Math.min(max, warm), workers.queue(), workers.idleRetirement()),
        settings.shape().interpreted(),
        new Patience(settings.patience().start(), settings.patience().grace(), scaleUp),
        settings.images(),
        settings.confinement());
  }

  /** A pool that opens when it is needed; when it can't be, the next call tries again. */
  private static final class LazyPool {

    private final RuntimeSettings settings;
    private final Kind kind;
    private @Nullable WorkerPool pool;
    private boolean closed;

    LazyPool(RuntimeSettings settings, Kind kind) {
      this.settings = settings;
      this.kind = kind;
    }

    synchronized WorkerPool open() throws IOException {
      if (closed) {
        throw new IllegalStateException("the Python runtime is closed");
      }
      WorkerPool open = pool;
      if (open == null) {
        open = WorkerPool.open(settings, kind.starter(settings));
        pool = open;
      }
      return open;
    }

    synchronized Optional<RuntimeStatus> status() {
      return Optional.ofNullable(pool).map(WorkerPool::status);
    }

    synchronized Optional<List<WorkerStatus>> workers() {
      return Optional.ofNullable(pool).map(WorkerPool::processes);
    }

    void close() {
      WorkerPool open;
      synchronized (this) {
        closed = true;
        open = pool;
      }
      if (open != null) {
        open.close();
      }
    }
  }

  /** A call whose kind of worker can't be had. */
  private record Unstarted(Outcome outcome) implements Run {

    @Override
    public CompletionStage<Finished> finished() {
      return CompletableFuture.completedStage(
          new Finished(outcome, new Usage(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0)));
    }

    @Override
    public void cancel() {
      // It is over.
    }
  }
}
