package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.PythonRuntimes;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Measures the pool with real workers: how long a start takes, how long a trivial run takes, and
 * how many go through in a second. To be run by hand: {@code PoolBench IMAGE PYTHON_LIB SECONDS}.
 */
final class PoolBench {

  private static final String SCRIPT =
      """
      from pulzarcore.core_jobs import CoreJobs


      class Trivial(CoreJobs):
          def __init__(self, params):
              super().__init__(params)

          @CoreJobs._pulzar_run_job
          def run_my_code(self):
              self.pulzar_set_output('done')

          def execute(self):
              self.run_my_code()
              return self.is_the_job_ok()
      """;

  private final PythonRuntime runtime;
  private final Path scripts;
  private final Duration perPart;

  private PoolBench(PythonRuntime runtime, Path scripts, Duration perPart) {
    this.runtime = runtime;
    this.scripts = scripts;
    this.perPart = perPart;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("pool-bench");
    Files.writeString(directory.resolve("trivial.py"), SCRIPT);
    RuntimeSettings settings =
        RuntimeSettings.defaults(
                Path.of(arguments[0]), Path.of(arguments[1]), directory.resolve("scratch"))
            .reading(List.of(directory));
    long start = System.nanoTime();
    try (PythonRuntime runtime = PythonRuntimes.open(settings)) {
      PoolBench bench =
          new PoolBench(runtime, directory, Duration.ofSeconds(Long.parseLong(arguments[2])));
      bench.run(Isolation.CLEAN);
      System.out.printf("first result after %d ms%n", millisSince(start));
      for (Isolation isolation : Isolation.values()) {
        bench.oneByOne(isolation);
      }
      for (Isolation isolation : Isolation.values()) {
        bench.manyAtOnce(isolation);
      }
      System.out.println(runtime.status());
      for (long pid : runtime.status().workers()) {
        System.out.printf("worker %d: %s%n", pid, residentMemory(pid));
      }
    }
  }

  private void oneByOne(Isolation isolation) throws Exception {
    long[] nanos = new long[1_000_000];
    int count = 0;
    long end = System.nanoTime() + perPart.toNanos();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      run(isolation);
      nanos[count++] = System.nanoTime() - start;
    }
    // The first half warms up.
    long[] sorted = Arrays.copyOfRange(nanos, count / 2, count);
    Arrays.sort(sorted);
    System.out.printf(
        "%s one by one: %d runs, p50 %.2f ms, p99 %.2f ms%n",
        isolation, count, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6);
  }

  private void manyAtOnce(Isolation isolation) throws Exception {
    Semaphore open = new Semaphore(8);
    long start = System.nanoTime();
    long end = start + perPart.toNanos();
    int count = 0;
    while (System.nanoTime() < end) {
      open.acquire();
      var _ = runtime.start(call(isolation), RunListener.SILENT).finished().thenRun(open::release);
      count++;
    }
    open.acquire(8);
    System.out.printf(
        "%s eight at once: %.0f a second%n",
        isolation, count / ((System.nanoTime() - start) / 1e9));
  }

  private void run(Isolation isolation) throws Exception {
    Outcome outcome =
        runtime
            .start(call(isolation), RunListener.SILENT)
            .finished()
            .toCompletableFuture()
            .get(1, TimeUnit.MINUTES)
            .outcome();
    if (!(outcome instanceof Outcome.Completed)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  private Call call(Isolation isolation) {
    return new Call(
        "bench",
        new Script(scripts, "trivial", Script.Entry.JOB),
        "{\"job_id\": 1}",
        Optional.empty(),
        isolation,
        new Limits(Duration.ofMinutes(1), 1, 1 << 20, true),
        HostCalls.NONE);
  }

  private static String residentMemory(long pid) throws Exception {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmSize"))
        .toList()
        .toString();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
