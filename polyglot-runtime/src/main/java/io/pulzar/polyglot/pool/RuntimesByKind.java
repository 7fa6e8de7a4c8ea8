package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.CpythonSettings;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
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
import io.pulzar.polyglot.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One pool for each kind of worker. That of the host's CPython opens when a call first asks for it,
 * so that nobody pays for it who has no such script; when it can't be opened the next call tries
 * again, as the cause may be gone.
 */
public final class RuntimesByKind implements PythonRuntime {

  /** A fork server is up in a fraction of a second, so a call need not wait for another to end. */
  private static final Duration SCALE_UP = Duration.ofMillis(10);

  private final RuntimeSettings settings;
  private final CpythonSettings cpythonSettings;
  private final PythonRuntime graalpy;
  private @Nullable PythonRuntime cpython;
  private boolean closed;

  private RuntimesByKind(
      RuntimeSettings settings, CpythonSettings cpythonSettings, PythonRuntime graalpy) {
    this.settings = settings;
    this.cpythonSettings = cpythonSettings;
    this.graalpy = graalpy;
  }

  /**
   * Opens the pool of the usual kind.
   *
   * @throws IOException as {@link WorkerPool#open(RuntimeSettings)}
   */
  public static RuntimesByKind open(RuntimeSettings settings, CpythonSettings cpython)
      throws IOException {
    return new RuntimesByKind(settings, cpython, WorkerPool.open(settings));
  }

  @Override
  public Run start(Call call, RunListener listener) throws RuntimeFullException {
    return switch (call.runtime()) {
      case GRAALPY -> graalpy.start(call, listener);
      case CPYTHON -> startInCpython(call, listener);
    };
  }

  private Run startInCpython(Call call, RunListener listener) throws RuntimeFullException {
    PythonRuntime pool;
    try {
      pool = cpython();
    } catch (IOException e) {
      return new Unstarted(new Outcome.Crashed(String.valueOf(e.getMessage())));
    }
    return pool.start(call, listener);
  }

  private synchronized PythonRuntime cpython() throws IOException {
    if (closed) {
      throw new IllegalStateException("the Python runtime is closed");
    }
    PythonRuntime open = cpython;
    if (open == null) {
      RuntimeSettings own = settingsOfCpython();
      open = WorkerPool.open(own, CpythonCommand.of(own, cpythonSettings));
      cpython = open;
    }
    return open;
  }

  private RuntimeSettings settingsOfCpython() {
    Places places = settings.places();
    Path scratch = places.scratch();
    Workers workers = settings.workers();
    int max = cpythonSettings.max();
    return new RuntimeSettings(
        new Places(
            places.image(),
            places.pythonLib(),
            places.packages(),
            places.java(),
            scratch.resolveSibling(scratch.getFileName() + "-cpython")),
        new Workers(max, Math.min(max, workers.warm()), workers.queue(), workers.idleRetirement()),
        settings.shape(),
        new Patience(settings.patience().start(), settings.patience().grace(), SCALE_UP),
        settings.images(),
        settings.confinement());
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
  public void close() {
    PythonRuntime open;
    synchronized (this) {
      closed = true;
      open = cpython;
    }
    if (open != null) {
      open.close();
    }
    graalpy.close();
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
