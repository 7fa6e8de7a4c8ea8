package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Leftovers;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.CpythonSettings;
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
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunEnvironment;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Confinement;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.RuntimeSettings.Places;
import io.pulzar.polyglot.RuntimeSettings.WallMode;
import io.pulzar.polyglot.RuntimeSettings.WorkerShape;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.ScriptRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in the host's own Python: each in a process of its own, bound to its own files. */
final class CpythonTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final long MEMORY = 256L << 20;
  private static final long OUTPUT = 1 << 16;

  @TempDir static Path directory;

  private static WorkerPool pool;

  @BeforeAll
  static void open() throws IOException {
    Files.createDirectory(directory.resolve("jobs"));
    Files.createDirectory(directory.resolve("others"));
    Files.writeString(directory.resolve("others").resolve("secret"), "the secret");
    RuntimeSettings settings = settings(WallMode.REQUIRED);
    pool = WorkerPool.open(settings, CpythonCommand.of(settings, cpython(Optional.empty())));
  }

  private static RuntimeSettings settings(WallMode wall) {
    return new RuntimeSettings(
        new Places(
            directory.resolve("image"),
            Path.of("..", "..", "python-lib"),
            List.of(),
            directory.resolve("drivers"),
            Path.of(System.getProperty("java.home")),
            directory.resolve("scratch")),
        new Workers(2, 1, 10, LONG),
        new WorkerShape(MEMORY, 2 * MEMORY, 4, 1, 100, 100_000, 1 << 20, 8 << 20, 0, true),
        new Patience(LONG, Duration.ofSeconds(5), Duration.ofMillis(10)),
        RuntimeSettings.Images.defaults(directory),
        new Confinement(wall, List.of(directory), 256));
  }

  private static CpythonSettings cpython(Optional<Path> program) {
    return new CpythonSettings(
        program, directory.resolve("venv"), directory.resolve("packages"), 2, List.of());
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  @AfterEach
  void noScratchIsLeft() throws InterruptedException {
    Leftovers.awaitNone(directory.resolve("scratch"));
  }

  @Test
  void aScriptCompletesAndItsUseIsMeasured() throws Exception {
    Finished finished = end(start("return sum(range(1000))", LONG, HostCalls.NONE));
    assertThat(finished.outcome()).isEqualTo(new Completed("499500"));
    assertThat(finished.usage().cpu()).isPositive();
    assertThat(finished.usage().peakMemoryBytes()).isPositive();
  }

  @Test
  void anExtensionAnswersAsElsewhere() throws Exception {
    Files.writeString(
        directory.resolve("jobs").resolve("adder.py"),
        """
        class Adder:
            def __init__(self, arguments, params, file_path):
                self.arguments = arguments
                self.params = params

            def execute(self):
                return {'sum': sum(map(int, self.arguments)), 'unit': self.params['unit'][0]}
        """);
    Call call =
        new Call(
            "extension adder",
            new Script(directory.resolve("jobs"), "adder", Script.Entry.EXTENSION),
            "{\"arguments\":[\"1\",\"2\"],\"params\":{\"unit\":[\"m\"]}}",
            Optional.empty(),
            Isolation.WARM,
            new Limits(LONG, MEMORY, OUTPUT, true),
            HostCalls.NONE,
            ScriptRuntime.CPYTHON);
    assertThat(end(pool.start(call, RunListener.SILENT)).outcome())
        .isEqualTo(new Completed("{\"data\":{\"sum\": 3, \"unit\": \"m\"}}"));
  }

  @Test
  void itIsTheRealPython() throws Exception {
    assertThat(run("import platform; return platform.python_implementation()"))
        .isEqualTo(new Completed("\"CPython\""));
    assertThat(run("import ctypes; return ctypes.sizeof(ctypes.c_long)"))
        .isEqualTo(new Completed("8"));
  }

  @Test
  void aRunImportsOnlyTheScript() throws Exception {
    // `encodings.ascii` is what the server comes to last, as it measures itself.
    assertThat(
            run(
                "import sys; names = list(sys.modules); "
                    + "return names[names.index('encodings.ascii') + 1:]"))
        .isInstanceOfSatisfying(
            Completed.class,
            completed -> assertThat(completed.value()).matches("\\[\"script\\d+\"]"));
  }

  @Test
  void whatAScriptRaisesIsToldWithoutPathsOfTheHost() throws Exception {
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
  void linesArriveWhileItRuns() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Run run =
        pool.start(
            call("print('first', flush=True)\n    import time\n    time.sleep(60)", LONG),
            new RunListener() {
              @Override
              public void log(String lines) {
                arrived.countDown();
              }
            });
    assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
    run.cancel();
    assertThat(end(run).outcome()).isEqualTo(new Canceled());
  }

  @Test
  void aLoopWithoutEndIsTimedOutAndMayCleanUp() throws Exception {
    Duration limit = Duration.ofMillis(300);
    StringBuilder log = new StringBuilder();
    Run run =
        pool.start(
            call(
                """
                try:
                        for _ in iter(int, 1): pass
                    finally:
                        print('cleaned up')
                """,
                limit),
            new RunListener() {
              @Override
              public void log(String lines) {
                log.append(lines);
              }
            });
    assertThat(end(run).outcome()).isEqualTo(new TimedOut(limit));
    assertThat(log).contains("cleaned up");
  }

  @Test
  void whatDoesNotStopIsKilled() throws Exception {
    Duration limit = Duration.ofMillis(300);
    String stubborn =
        """
        while True:
                try:
                    while True: pass
                except BaseException:
                    pass
        """;
    assertThat(end(start(stubborn, limit, HostCalls.NONE)).outcome())
        .isEqualTo(new TimedOut(limit));
  }

  @Test
  void memoryOutputAndFilesAreLimited() throws Exception {
    assertThat(run("return len(bytearray(1 << 30))")).isEqualTo(new OutOfMemory(MEMORY));
    assertThat(run("for _ in range(10000): print('x' * 100)")).isEqualTo(new OutputLimit(OUTPUT));
    assertThat(raised("open('large', 'wb').write(bytes(2 << 20))")).contains("File too large");
  }

  @Test
  void theMemoryIsThatOfTheRunAndNotOfItsWorker() throws Exception {
    Call small =
        new Call(
            "small",
            call("return len(bytearray(100 << 20))", LONG).script(),
            "[]",
            Optional.empty(),
            Isolation.CLEAN,
            new Limits(LONG, 64L << 20, OUTPUT, true),
            HostCalls.NONE,
            ScriptRuntime.CPYTHON);
    assertThat(end(pool.start(small, RunListener.SILENT)).outcome())
        .isEqualTo(new OutOfMemory(64L << 20));
  }

  @Test
  void memoryThatIsSharedCountsToo() throws Exception {
    String shared =
        "import mmap, time; m = mmap.mmap(-1, 1 << 30); m.write(bytes(64 << 20) * 6); time.sleep(60)";
    assertThat(run(shared)).isEqualTo(new OutOfMemory(MEMORY));
  }

  @Test
  void allFilesTogetherAreLimited() throws Exception {
    String many =
        "import time\n    for i in range(20): open(str(i), 'wb').write(bytes(900000))\n"
            + "    time.sleep(60)";
    assertThat(raised(many)).contains("OSError").contains("bytes in its directory");
  }

  @Test
  void aCrashInNativeCodeEndsItsOwnRunOnly() throws Exception {
    assertThat(run("import ctypes; ctypes.string_at(0)"))
        .isEqualTo(new Crashed("its process crashed in native code (signal 11)"));
    assertThat(run("import os; os._exit(3)"))
        .isEqualTo(new Crashed("its process ended by itself (exit code 3)"));
    assertThat(run("return 1")).isEqualTo(new Completed("1"));
  }

  @Test
  void nothingIsLeftForTheNextRun() throws Exception {
    String count = "import json; json.runs = getattr(json, 'runs', 0) + 1; return json.runs";
    assertThat(run(count)).isEqualTo(new Completed("1"));
    assertThat(run(count)).isEqualTo(new Completed("1"));
  }

  @Test
  void othersFilesAreClosedToIt() throws Exception {
    Path secret = directory.resolve("others").resolve("secret");
    assertThat(raised("return open('%s').read()".formatted(secret))).startsWith("PermissionError");
    assertThat(raised("import os; return os.listdir('%s')".formatted(directory)))
        .startsWith("PermissionError");
    assertThat(raised("return open('/etc/passwd').read()")).startsWith("PermissionError");
    assertThat(raised("import os; os.symlink('%s', 'link')".formatted(secret)))
        .startsWith("PermissionError");
    assertThat(raised("import os; return open(f'/proc/{os.getppid()}/environ').read()"))
        .startsWith("PermissionError");
    assertThat(raised("open(__file__, 'w')")).startsWith("PermissionError");
    assertThat(run("open('own', 'w').write('x'); return open('own').read()"))
        .isEqualTo(new Completed("\"x\""));
  }

  @Test
  void itStartsNoProcessesAndSendsNoSignals() throws Exception {
    assertThat(raised("import os; os.fork()")).startsWith("PermissionError");
    assertThat(raised("import subprocess; subprocess.run(['/bin/true'])"))
        .startsWith("PermissionError");
    assertThat(raised("import os; os.kill(os.getppid(), 9)")).startsWith("PermissionError");
    assertThat(
            run(
                "import threading; t = threading.Thread(target=print, args=('ran',)); t.start();"
                    + " t.join(); return 1"))
        .isEqualTo(new Completed("1"));
  }

  @Test
  void theNetworkCanBeOff() throws Exception {
    String socket = "import socket; socket.socket().close(); return 1";
    assertThat(run(socket)).isEqualTo(new Completed("1"));
    Call offline = call(socket, LONG, HostCalls.NONE, Optional.empty(), false);
    assertThat(end(pool.start(offline, RunListener.SILENT)).outcome())
        .isInstanceOfSatisfying(
            Raised.class, raised -> assertThat(raised.type()).isEqualTo("PermissionError"));
    assertThat(raised("import socket; socket.socket(socket.AF_UNIX)"))
        .startsWith("PermissionError");
  }

  @Test
  void thePlatformAnswersQuestions() throws Exception {
    HostCalls host = (name, arguments, scratch) -> "\"" + name + "\"";
    String ask = "from _pulzar import bridge; return bridge.call('keys.page')";
    assertThat(end(start(ask, LONG, host)).outcome()).isEqualTo(new Completed("\"keys.page\""));
  }

  @Test
  void theInputIsReadable() throws Exception {
    Path input = directory.resolve("others").resolve("input");
    Files.writeString(input, "given");
    String read = "from _pulzar import bridge; return open(bridge.input_file()).read()";
    Call call = call(read, LONG, HostCalls.NONE, Optional.of(input), true);
    assertThat(end(pool.start(call, RunListener.SILENT)).outcome())
        .isEqualTo(new Completed("\"given\""));
  }

  @Test
  void aPackageThatIsNotThereSaysHowToAddIt() throws Exception {
    assertThat(raised("import no_such_package"))
        .contains("pulzar packages add no_such_package --runtime cpython");
  }

  @Test
  void thereAreNoSuchWorkersWithoutTheWallOrAPython() {
    assertThatThrownBy(() -> CpythonCommand.of(settings(WallMode.OFF), cpython(Optional.empty())))
        .hasMessageContaining("run behind the second wall only");
    assertThatThrownBy(
            () ->
                CpythonCommand.of(
                    settings(WallMode.AUTO), cpython(Optional.of(Path.of("/bin/false")))))
        .hasMessageContaining("pulzar.cpython.program");
  }

  private static String raised(String body) throws Exception {
    return run(body) instanceof Raised raised
        ? raised.type() + ": " + raised.message()
        : "it was not refused";
  }

  @Test
  void aRunHasItsSecretsAndNoOtherRunOfItsWorkerDoes() throws Exception {
    String body =
        "import ctypes, os, pulzarcore; print('is', os.environ['TOKEN']); "
            + "getenv = ctypes.CDLL(None).getenv; getenv.restype = ctypes.c_char_p; "
            + "return [pulzarcore.secrets['TOKEN'] == 'hunter' + '22', "
            + "getenv(b'TOKEN').decode(), getenv(b'PLACE').decode(), pulzarcore.secrets['TOKEN']]";
    Call plain = call(body, LONG);
    Call call =
        new Call(
            plain.id(),
            plain.script(),
            plain.arguments(),
            plain.input(),
            plain.isolation(),
            plain.limits(),
            plain.host(),
            ScriptRuntime.CPYTHON,
            new RunEnvironment(Map.of("TOKEN", "hunter22"), Map.of("PLACE", "here"), List.of()));
    StringBuilder log = new StringBuilder();
    RunListener listener =
        new RunListener() {
          @Override
          public void log(String lines) {
            log.append(lines);
          }
        };
    assertThat(end(pool.start(call, listener)).outcome())
        .isEqualTo(new Completed("[true, \"***\", \"here\", \"***\"]"));
    assertThat(log.toString()).isEqualTo("is ***\n");
    assertThat(
            run("import os, pulzarcore; return ['TOKEN' in os.environ, len(pulzarcore.secrets)]"))
        .isEqualTo(new Completed("[false, 0]"));
  }

  private static Outcome run(String body) throws Exception {
    return end(start(body, LONG, HostCalls.NONE)).outcome();
  }

  private static Run start(String body, Duration timeout, HostCalls host) throws Exception {
    return pool.start(call(body, timeout, host, Optional.empty(), true), RunListener.SILENT);
  }

  private static Call call(String body, Duration timeout) throws IOException {
    return call(body, timeout, HostCalls.NONE, Optional.empty(), true);
  }

  private static Call call(
      String body, Duration timeout, HostCalls host, Optional<Path> input, boolean network)
      throws IOException {
    String name = "script" + Integer.toUnsignedString(body.hashCode());
    Files.writeString(
        directory.resolve("jobs").resolve(name + ".py"),
        "def execute(arguments):\n    " + body + "\n");
    return new Call(
        name,
        new Script(directory.resolve("jobs"), name, Script.Entry.FUNCTION),
        "[]",
        input,
        Isolation.CLEAN,
        new Limits(timeout, MEMORY, OUTPUT, network),
        host);
  }

  private static Finished end(Run run) throws Exception {
    return run.finished().toCompletableFuture().get(2, TimeUnit.MINUTES);
  }
}
