package io.pulzar.polyglot.pool;

import io.pulzar.Await;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.RuntimeSettings.Places;
import io.pulzar.polyglot.RuntimeSettings.WorkerShape;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds pools of {@link FakeWorker}s and calls for them. */
final class PoolFixture {

  static final long HEAP = 128L << 20;
  static final Duration LONG = Duration.ofMinutes(10);

  private PoolFixture() {}

  static RuntimeSettings settings(Path directory, int max, int warm, int queue) {
    return settings(
        directory,
        new Workers(max, warm, queue, LONG),
        new Patience(LONG, Duration.ofMillis(300), Duration.ofMillis(50)));
  }

  static RuntimeSettings settings(Path directory, Workers workers, Patience patience) {
    return settings(directory, workers, patience, 1_000_000);
  }

  static RuntimeSettings settings(
      Path directory, Workers workers, Patience patience, int runsPerWorker) {
    Path java = Path.of(System.getProperty("java.home"));
    return new RuntimeSettings(
        new Places(directory, directory, List.of(), directory, java, directory.resolve("scratch")),
        workers,
        new WorkerShape(HEAP, 4 * HEAP, 4, 1, 100, runsPerWorker, 1 << 30, 1 << 30, 0, true),
        patience,
        RuntimeSettings.Images.defaults(directory),
        RuntimeSettings.Confinement.defaults());
  }

  static WorkerPool open(RuntimeSettings settings, String... behaviour) throws IOException {
    return WorkerPool.open(settings, heap -> startFake(heap, behaviour));
  }

  static Process startFake(long heapBytes, String... behaviour) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (heapBytes >> 20) + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dheap=" + heapBytes,
                "-cp",
                System.getProperty("java.class.path"),
                FakeWorker.class.getName()));
    command.addAll(List.of(behaviour));
    return new ProcessBuilder(command).start();
  }

  static Call call(String script, String arguments) {
    return call(script, arguments, LONG, HEAP, HostCalls.NONE);
  }

  static Call call(String script, String arguments, Duration timeout, long memory, HostCalls host) {
    return new Call(
        script,
        new Script(Path.of("/scripts"), script, Script.Entry.JOB),
        arguments,
        Optional.empty(),
        Isolation.CLEAN,
        new Limits(timeout, memory, 1 << 20, true),
        host);
  }

  static Outcome run(WorkerPool pool, String script, String arguments) throws Exception {
    return run(pool, call(script, arguments));
  }

  static Outcome run(WorkerPool pool, Call call) throws Exception {
    return end(start(pool, call)).outcome();
  }

  static Run start(WorkerPool pool, Call call) throws RuntimeFullException {
    return pool.start(call, RunListener.SILENT);
  }

  static Finished end(Run run) throws Exception {
    Await.until("the run has ended", () -> run.finished().toCompletableFuture().isDone());
    return run.finished().toCompletableFuture().get();
  }
}
