package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.Leftovers;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Outcome.Canceled;
import io.pulzar.polyglot.Outcome.Completed;
import io.pulzar.polyglot.Outcome.Crashed;
import io.pulzar.polyglot.Outcome.OutOfMemory;
import io.pulzar.polyglot.Outcome.OutputLimit;
import io.pulzar.polyglot.Outcome.Raised;
import io.pulzar.polyglot.Outcome.TimedOut;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.PythonRuntimes;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Confinement;
import io.pulzar.polyglot.RuntimeSettings.WallMode;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool with real workers and real Python, one outcome after the other. */
final class WorkerPoolIT {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final long HEAP = 384L << 20;

  @TempDir static Path directory;

  private static PythonRuntime runtime;

  @BeforeAll
  static void openRuntime() throws IOException {
    RuntimeSettings defaults =
        RuntimeSettings.defaults(
            Path.of("../target/image"),
            Path.of("../target/image/python-lib"),
            directory.resolve("scratch"));
    runtime =
        PythonRuntimes.open(
            new RuntimeSettings(
                defaults.places(),
                new Workers(2, 1, 10, LONG),
                new RuntimeSettings.WorkerShape(
                    HEAP, 2 * HEAP, 4, 1, 100, 100_000, 10 << 20, 1 << 30, 0, true),
                defaults.patience(),
                defaults.images(),
                new Confinement(WallMode.AUTO, List.of(directory), 4096)));
  }

  @AfterAll
  static void closingLeavesNoProcess() {
    List<ProcessHandle> processes =
        runtime.status().workers().stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
    runtime.close();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @AfterEach
  void noScratchIsLeft() throws InterruptedException {
    Leftovers.awaitNone(directory.resolve("scratch"));
  }

  @Test
  void workersCompileWhereTheImageHasACompiler() throws Exception {
    assertThat(run("return 1")).isEqualTo(new Completed("1"));
    assertThat(runtime.status().compiled())
        .isEqualTo(Files.isDirectory(Path.of("../target/image/compiler")));
  }

  @Test
  void aScriptCompletesAndItsUseIsMeasured() throws Exception {
    Finished finished = end(start("return sum(range(1000))", LONG));
    assertThat(finished.outcome()).isEqualTo(new Completed("499500"));
    assertThat(finished.usage().cpu()).isPositive();
    assertThat(finished.usage().peakMemoryBytes()).isBetween(1L, HEAP);
  }

  @Test
  void whatAScriptRaisesIsTold() throws Exception {
    assertThat(run("raise ValueError('no such thing')"))
        .isInstanceOfSatisfying(
            Raised.class,
            raised -> {
              assertThat(raised.type()).isEqualTo("ValueError");
              assertThat(raised.message()).isEqualTo("no such thing");
              assertThat(raised.traceback()).doesNotContain(directory.toString());
            });
  }

  @Test
  void recursionWithoutEndIsAsDeepInCompiledCode() throws Exception {
    assertThat(
            run(
                """
                deepest = []
                def down(n):
                    deepest[-1] = n
                    return down(n + 1)
                for _ in range(100):
                    deepest.append(0)
                    try:
                        down(0)
                    except RecursionError:
                        pass
                return 1000 < min(deepest) and max(deepest) < 20_000"""
                    .replace("\n", "\n  ")))
        .isEqualTo(new Completed("true"));
  }

  @Test
  void aLoopWithoutEndIsTimedOut() throws Exception {
    Duration limit = Duration.ofSeconds(1);
    assertThat(end(start("while True: pass", limit)).outcome()).isEqualTo(new TimedOut(limit));
    assertThatTheNextRunWorks();
  }

  @Test
  void aScriptThatCannotBeStoppedFromInsideIsKilled() throws Exception {
    Duration limit = Duration.ofSeconds(1);
    Outcome outcome =
        end(start("import itertools, collections; collections.deque(itertools.count(), 0)", limit))
            .outcome();
    assertThat(outcome).isEqualTo(new TimedOut(limit));
    assertThatTheNextRunWorks();
  }

  @Test
  void aMemoryBombIsOutOfMemory() throws Exception {
    assertThat(run("hoard = []\n  while True: hoard.append('x' * 1000000 + str(len(hoard)))"))
        .isEqualTo(new OutOfMemory(HEAP));
    assertThatTheNextRunWorks();
  }

  @Test
  void aRunThatAskedForLittleMayHoldLittle() throws Exception {
    long limit = 64L << 20;
    String hoarding =
        "import time; hoard = [bytes(1 << 20) for _ in range(250)]; time.sleep(600); return 0";
    Call call = call(hoarding, LONG, limit, HostCalls.NONE);
    assertThat(end(runtime.start(call, RunListener.SILENT)).outcome())
        .isEqualTo(new OutOfMemory(limit));
    String modest = "hoard = [bytes(1 << 20) for _ in range(40)]\n  return len(hoard)";
    assertThat(
            end(runtime.start(call(modest, LONG, limit, HostCalls.NONE), RunListener.SILENT))
                .outcome())
        .isEqualTo(new Completed("40"));
  }

  @Test
  void databasesInMemoryCountToo() throws Exception {
    long limit = 128L << 20;
    String databases =
        """
        import sqlite3
          hoard = []
          for number in range(40):
            hoard.append(sqlite3.connect(':memory:'))
            hoard[-1].execute('CREATE TABLE t AS SELECT zeroblob(50000000) AS x')
          return len(hoard)""";
    Call call = call(databases, LONG, limit, HostCalls.NONE);
    assertThat(end(runtime.start(call, RunListener.SILENT)).outcome())
        .isEqualTo(new OutOfMemory(limit));
    assertThatTheNextRunWorks();
  }

  @Test
  void oneTooLargeAllocationIsAMemoryErrorThatAScriptCanCatch() throws Exception {
    assertThat(
            run(
                """
                import marshal
                  caught = []
                  for attempt in (
                    lambda: bytes(1500000000), lambda: 'x' * 2000000000, lambda: [0] * 1000000000,
                    lambda: marshal.loads(b's\\xff\\xff\\xff\\x5f'), lambda: bytearray(1500000000),
                  ):
                    try:
                      attempt()
                    except MemoryError:
                      caught.append(1)
                  return sum(caught)"""))
        .isEqualTo(new Completed("5"));
  }

  @Test
  void whatNativeCodeWritesIsBoundToo() throws Exception {
    String filling =
        """
        import sqlite3
          for number in range(300):
            database = sqlite3.connect(f'{number}.db')
            database.execute('CREATE TABLE t AS SELECT zeroblob(8000000) AS x')
            database.close()
          return 'written'""";
    assertThat(run(filling))
        .isInstanceOfSatisfying(
            Raised.class,
            raised -> assertThat(raised.message()).contains("pulzar.workers.scratch"));
  }

  @Test
  void whatAWarmScriptHoardsFromRunToRunIsLetGoBeforeItFillsTheHeap() throws Exception {
    String leaking =
        "from json import JSONEncoder as j"
            + "; j.hoard = [*getattr(j, 'hoard', []), bytearray(20 << 20)]; return len(j.hoard)";
    Call call = call(leaking, LONG, HEAP, HostCalls.NONE, Isolation.WARM);
    List<Outcome> outcomes = new ArrayList<>();
    for (long hoarded = 0; hoarded < 2 * HEAP; hoarded += 20 << 20) {
      outcomes.add(end(runtime.start(call, RunListener.SILENT)).outcome());
    }
    assertThat(outcomes).startsWith(new Completed("1"), new Completed("2"), new Completed("3"));
    assertThat(outcomes).allMatch(Completed.class::isInstance);
  }

  @Test
  void aScriptThatAsksForMoreMemoryGetsIt() throws Exception {
    String hungry = "hoard = [bytearray(1 << 20) for _ in range(400)]; return len(hoard)";
    assertThat(run(hungry)).isEqualTo(new OutOfMemory(HEAP));
    assertThat(end(start(hungry, LONG, HEAP * 2, HostCalls.NONE)).outcome())
        .isEqualTo(new Completed("400"));
  }

  @Test
  void aFloodOfPrintsIsStopped() throws Exception {
    assertThat(run("while True: print('x' * 100)")).isEqualTo(new OutputLimit(1 << 20));
    assertThatTheNextRunWorks();
  }

  @Test
  void aFileTooLargeIsRefused() throws Exception {
    assertThat(
            run(
                """
                try:
                    with open('big', 'wb') as file:
                      for _ in range(20): file.write(b'x' * (1 << 20))
                  except OSError as error:
                    return 'refused'
                """))
        .isEqualTo(new Completed("\"refused\""));
  }

  @Test
  void aThreadBombHurtsItselfOnly() throws Exception {
    Outcome outcome =
        end(start(
                """
                import threading, time
                  for _ in range(5000): threading.Thread(target=time.sleep, args=(60,)).start()
                """,
                Duration.ofSeconds(20)))
            .outcome();
    assertThat(outcome).isNotInstanceOf(Completed.class);
    assertThatTheNextRunWorks();
  }

  @Test
  void aKilledWorkerFailsItsRunAndIsReplaced() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Run run =
        runtime.start(
            call(
                "import os, time\n  print('here', flush=True)\n  time.sleep(600)",
                LONG,
                1,
                HostCalls.NONE),
            new RunListener() {
              @Override
              public void log(String lines) {
                started.countDown();
              }
            });
    started.await();
    busiest().destroyForcibly();
    assertThat(end(run).outcome())
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.reason()).contains("signal 9"));
    assertThatTheNextRunWorks();
  }

  @Test
  void aSleepingScriptIsCanceled() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Run run =
        runtime.start(
            call(
                "import time\n  print('here', flush=True)\n  time.sleep(600)",
                LONG,
                HEAP,
                HostCalls.NONE),
            new RunListener() {
              @Override
              public void log(String lines) {
                started.countDown();
              }
            });
    Await.until("the script sleeps", LONG, () -> started.getCount() == 0);
    run.cancel();
    assertThat(end(run).outcome()).isEqualTo(new Canceled());
    assertThatTheNextRunWorks();
  }

  @Test
  void aScriptAsksThePlatform() throws Exception {
    HostCalls host = (name, arguments, scratch) -> "[\"" + name + "\", " + arguments + "]";
    String asking = "from _pulzar import bridge; return bridge.call('keys.page', limit=3)";
    assertThat(end(start(asking, LONG, HEAP, host)).outcome())
        .isEqualTo(new Completed("[\"keys.page\", {\"limit\": 3}]"));
  }

  /** The standard size, or the larger one, whichever has a script now. */
  private static ProcessHandle busiest() throws InterruptedException {
    Await.until("one run is going on", () -> runtime.status().busy() == 1);
    List<Long> workers = runtime.status().workers();
    // All are killed: which of them has the run is not told, and the others are replaced as well.
    workers.stream()
        .skip(1)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
    return ProcessHandle.of(workers.getFirst()).orElseThrow();
  }

  private static void assertThatTheNextRunWorks() throws Exception {
    assertThat(run("return 1")).isEqualTo(new Completed("1"));
  }

  private static Outcome run(String body) throws Exception {
    return end(start(body, LONG)).outcome();
  }

  private static Run start(String body, Duration timeout) throws Exception {
    return start(body, timeout, HEAP, HostCalls.NONE);
  }

  private static Run start(String body, Duration timeout, long memory, HostCalls host)
      throws Exception {
    return runtime.start(call(body, timeout, memory, host), RunListener.SILENT);
  }

  private static Call call(String body, Duration timeout, long memory, HostCalls host)
      throws IOException {
    return call(body, timeout, memory, host, Isolation.CLEAN);
  }

  private static Call call(
      String body, Duration timeout, long memory, HostCalls host, Isolation isolation)
      throws IOException {
    String name = "script" + Integer.toHexString(body.hashCode());
    Files.writeString(
        Files.createDirectories(directory.resolve("scripts")).resolve(name + ".py"),
        "def execute(arguments):\n  " + body + "\n");
    return new Call(
        name,
        new Script(directory.resolve("scripts"), name, Script.Entry.FUNCTION),
        "[]",
        Optional.empty(),
        isolation,
        new Limits(timeout, memory, 1 << 20, false),
        host);
  }

  private static Finished end(Run run) throws Exception {
    Await.until("the run has ended", LONG, () -> run.finished().toCompletableFuture().isDone());
    return run.finished().toCompletableFuture().get();
  }
}
