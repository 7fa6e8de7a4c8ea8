package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.CpythonSettings;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Python2Settings;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.PythonRuntimes;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.ScriptRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What each kind of worker costs: its start, a trivial job in it, and NumPy in CPython beside a
 * bare process. Arguments: the image, the library, seconds for each part.
 */
final class KindsBench {

  private static final String TRIVIAL =
      """
      from pulzarcore.core_jobs import CoreJobs

      class Trivial(CoreJobs):
          def __init__(self, params):
              CoreJobs.__init__(self, params)

          @CoreJobs._pulzar_run_job
          def run_my_code(self):
              self.pulzar_set_output('done')

          def execute(self):
              self.run_my_code()
              return self.is_the_job_ok()
      """;

  private static final String NUMPY =
      "import numpy; a = numpy.arange(90000.0).reshape(300, 300); s = float((a @ a).sum())\n";

  private static final int PROCESSES = 15;

  private final PythonRuntime runtime;
  private final Path scripts;
  private final Duration perPart;

  private KindsBench(PythonRuntime runtime, Path scripts, Duration perPart) {
    this.runtime = runtime;
    this.scripts = scripts;
    this.perPart = perPart;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("kinds-bench");
    Files.writeString(directory.resolve("trivial.py"), TRIVIAL);
    Files.writeString(
        directory.resolve("numbers.py"),
        "def execute(arguments):\n    " + NUMPY + "    return s\n");
    Duration perPart = Duration.ofSeconds(Long.parseLong(arguments[2]));
    try (PythonRuntime runtime = open(arguments, directory, List.of())) {
      KindsBench bench = new KindsBench(runtime, directory, perPart);
      for (ScriptRuntime kind : ScriptRuntime.values()) {
        long start = System.nanoTime();
        bench.run("trivial", kind);
        System.out.printf("%s: first result after %.0f ms%n", kind, millisSince(start));
        bench.oneByOne("trivial", kind);
        bench.twoAtOnce(kind);
      }
      bench.numbers("NumPy imported by each run");
    }
    try (PythonRuntime runtime = open(arguments, directory, List.of("numpy"))) {
      new KindsBench(runtime, directory, perPart).numbers("NumPy imported once");
    }
    bareProcesses();
  }

  private static PythonRuntime open(String[] arguments, Path directory, List<String> preload)
      throws IOException {
    RuntimeSettings settings =
        RuntimeSettings.defaults(
                Path.of(arguments[0]), Path.of(arguments[1]), directory.resolve("scratch"))
            .reading(List.of(directory));
    CpythonSettings cpython =
        new CpythonSettings(
            Optional.empty(), directory.resolve("none"), directory.resolve("none"), 4, preload);
    return PythonRuntimes.open(settings, cpython, new Python2Settings(2, false));
  }

  private void numbers(String what) throws Exception {
    try {
      run("numbers", ScriptRuntime.CPYTHON);
    } catch (IllegalStateException absent) {
      System.out.println("CPYTHON: no NumPy: " + absent.getMessage());
      return;
    }
    System.out.print(what + ": ");
    oneByOne("numbers", ScriptRuntime.CPYTHON);
  }

  private static void bareProcesses() throws Exception {
    long[] nanos = new long[PROCESSES];
    for (int at = 0; at < PROCESSES; at++) {
      long start = System.nanoTime();
      Process process = new ProcessBuilder("python3", "-c", NUMPY).start();
      if (process.waitFor() != 0) {
        System.out.println("no NumPy for python3");
        return;
      }
      nanos[at] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf("NumPy in a bare python3: p50 %.1f ms%n", nanos[PROCESSES / 2] / 1e6);
  }

  private void oneByOne(String script, ScriptRuntime kind) throws Exception {
    List<Long> nanos = new ArrayList<>();
    List<Long> busy = new ArrayList<>();
    long end = System.nanoTime() + perPart.toNanos();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      busy.add(run(script, kind).toNanos());
      nanos.add(System.nanoTime() - start);
    }
    System.out.printf(
        "%s one by one: %d runs, fastest %.2f ms, p50 %.2f ms, p95 %.2f ms; processor p50 %.2f ms%n",
        kind, nanos.size(), late(nanos, 0), late(nanos, 0.5), late(nanos, 0.95), late(busy, 0.5));
  }

  /** A quantile in milliseconds, of the second half: the first warms up. */
  private static double late(List<Long> nanos, double quantile) {
    List<Long> sorted = nanos.subList(nanos.size() / 2, nanos.size()).stream().sorted().toList();
    return sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6;
  }

  private void twoAtOnce(ScriptRuntime kind) throws Exception {
    Semaphore open = new Semaphore(2);
    long start = System.nanoTime();
    long end = start + perPart.toNanos();
    int count = 0;
    while (System.nanoTime() < end) {
      open.acquire();
      var _ = start("trivial", kind).thenRun(open::release);
      count++;
    }
    open.acquire(2);
    System.out.printf(
        "%s two at once: %.0f a second%n", kind, count / ((System.nanoTime() - start) / 1e9));
  }

  /** The processor time that it took, without that of the worker around it. */
  private Duration run(String script, ScriptRuntime kind) throws Exception {
    Finished finished = start(script, kind).get(2, TimeUnit.MINUTES);
    if (!(finished.outcome() instanceof Outcome.Completed)) {
      throw new IllegalStateException(finished.outcome().toString());
    }
    return finished.usage().cpu();
  }

  private CompletableFuture<Finished> start(String script, ScriptRuntime kind)
      throws RuntimeFullException {
    boolean isJob = script.equals("trivial");
    Call call =
        new Call(
            "bench",
            new Script(scripts, script, isJob ? Script.Entry.JOB : Script.Entry.FUNCTION),
            isJob ? "{\"job_id\": 1}" : "[]",
            Optional.empty(),
            Isolation.CLEAN,
            new Limits(Duration.ofMinutes(1), 256L << 20, 1 << 20, true),
            HostCalls.NONE,
            kind);
    return runtime.start(call, RunListener.SILENT).finished().toCompletableFuture();
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
