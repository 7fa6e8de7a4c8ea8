package io.pulzar.doctor;

import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.polyglot.WallReport;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Python's part: starts a worker, as the server would. */
final class PythonWorkers {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Supplier<PythonRuntime> open;
  private Finding cpython = Finding.good("CPython", "not looked for");
  private Finding python2 = Finding.good("Python 2", "not looked for");
  private WallReport wall = WallReport.none("no worker could be started");

  PythonWorkers(Supplier<PythonRuntime> open) {
    this.open = open;
  }

  Finding look() {
    long started = System.nanoTime();
    try (PythonRuntime python = open.get()) {
      while (!python.status().ready()) {
        if (System.nanoTime() - started > PATIENCE.toNanos()) {
          return Finding.bad(
              "Python",
              "no worker was ready within " + PATIENCE.toSeconds() + " s",
              "start the server and read the warnings in its log");
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
      return lookAt(
          python,
          "a worker is warm after %d ms"
              .formatted(Duration.ofNanos(System.nanoTime() - started).toMillis()));
    } catch (BadSettingException e) {
      return Finding.bad("Python", e.getMessage(), "build the product: ./pulzar build");
    }
  }

  /** The same for workers that a server has already. */
  Finding lookAt(PythonRuntime python, String how) {
    RuntimeStatus status = python.status();
    wall = status.wall();
    cpython = found("CPython", python, ScriptRuntime.CPYTHON, "Runtime: cpython");
    python2 = found("Python 2", python, ScriptRuntime.PYTHON2, "Runtime: python2");
    String detail = how + ", scripts are ";
    return status.compiled()
        ? Finding.good("Python", detail + "JIT-compiled")
        : Finding.poor(
            "Python",
            detail + "interpreted, 4 to 20 times slower when they compute",
            "leave pulzar.workers.compiled at true, use a JDK with JVMCI and jlink, for example"
                + " Eclipse Temurin 25, and run ./pulzar build");
  }

  /** The host's own Python, as {@link #look} found it; nobody needs to have it. */
  Finding cpython() {
    return cpython;
  }

  Finding python2() {
    return python2;
  }

  private static Finding found(String part, PythonRuntime python, ScriptRuntime kind, String line) {
    try {
      return Finding.good(part, python.find(kind));
    } catch (IOException e) {
      return Finding.good(
          part, "not there, needed only for scripts with " + line + ": " + e.getMessage());
    }
  }

  /** The second wall, as {@link #look} found it. */
  Finding wall() {
    return switch (wall.strength()) {
      case WHOLE -> Finding.good("workers' wall", wall.description());
      case PARTIAL ->
          Finding.poor(
              "workers' wall", wall.description(), "use a newer kernel: Linux 6.12 has all of it");
      case NONE ->
          Finding.poor(
              "workers' wall",
              wall.description(),
              "use Linux 5.13 or newer with Landlock, and pulzar.workers.wall=auto or required");
    };
  }
}
