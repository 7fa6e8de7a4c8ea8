package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.wire.Message;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class OutcomesTest {

  private static Bench bench;

  @BeforeAll
  static void open() throws Exception {
    bench = new Bench(Files.createTempDirectory("worker"), 1);
  }

  @AfterAll
  static void close() throws Exception {
    bench.close();
  }

  @Test
  void whatExecuteReturnsIsTheValue() throws Exception {
    assertThat(bench.body("return {'a': [1, 2.5, None, True, 'ñ'], 'big': 2 ** 70}").value())
        .isEqualTo("{\"a\": [1, 2.5, null, true, \"\\u00f1\"], \"big\": 1180591620717411303424}");
  }

  @Test
  void printGoesToTheLog() throws Exception {
    assertThat(bench.body("print('one', 2)\nprint('three', end='')").log())
        .isEqualTo("one 2\nthree\n");
  }

  @Test
  void anExceptionIsDescribedWithTheFramesOfTheScript() throws Exception {
    var raised = bench.body("raise KeyError('missing thing')").raised();
    assertThat(raised.type()).isEqualTo("KeyError");
    assertThat(raised.message()).isEqualTo("'missing thing'");
    assertThat(raised.traceback())
        .isEqualTo(
            """
            Traceback (most recent call last):
              File "snippet.py", line 2, in execute
                raise KeyError('missing thing')
            KeyError: 'missing thing'
            """);
  }

  @Test
  void aSyntaxErrorNamesFileAndLine() throws Exception {
    var raised = bench.run("x = 1\ndef broken(:\n").raised();
    assertThat(raised.type()).isEqualTo("SyntaxError");
    assertThat(raised.message()).contains("snippet.py, line 2");
  }

  @Test
  void aMissingScriptIsNamed() throws Exception {
    var raised = bench.run("none", Script.Entry.JOB, "{}", Isolation.CLEAN).raised();
    assertThat(raised.message()).isEqualTo("there is no script none.py");
  }

  @Test
  void aScriptWithoutItsClassIsToldWhichOneIsMissing() throws Exception {
    bench.script("other", "VALUE = 1\n");
    var raised =
        bench
            .run(
                "other",
                Script.Entry.EXTENSION,
                "{\"arguments\":[],\"params\":{}}",
                Isolation.CLEAN)
            .raised();
    assertThat(raised.message()).isEqualTo("other.py has no class Other");
  }

  @Test
  void aResultThatIsNotJsonIsATypeErrorThatNamesTheType() throws Exception {
    var raised = bench.body("return {1, 2}").raised();
    assertThat(raised.type()).isEqualTo("TypeError");
    assertThat(raised.message()).contains("set");
  }

  @Test
  void aNumberThatJsonCannotHoldIsRefused() throws Exception {
    assertThat(bench.body("return float('nan')").raised().type()).isEqualTo("ValueError");
  }

  @Test
  void theNameOfAClassIsCutWhateverItsMetaclassSays() throws Exception {
    var raised =
        bench
            .run(
                """
                class Meta(type):
                    __name__ = property(lambda self: 1 / 0)
                    __module__ = property(lambda self: [])
                def execute(arguments):
                    raise Meta('N' * 3_000_000, (Exception,), {})('short')
                """)
            .raised();
    assertThat(raised.type()).hasSize(200).containsOnlyOnce("N".repeat(200));
    assertThat(raised.message()).isEqualTo("short");
    assertThat(raised.traceback()).hasSizeLessThan(5_000).doesNotContain("java");
  }

  @Test
  void noPathOfTheHostIsToldByWarningsThreadsLoggingOrErrors() throws Exception {
    var report =
        bench.run(
            """
            import logging, threading, traceback, warnings
            def fail():
                raise ValueError('in a thread')
            def execute(arguments):
                warnings.warn('careful')
                thread = threading.Thread(target=fail)
                thread.start()
                thread.join()
                logging.error('%d', 'no number')
                logging.getLogger().warning('%d', 'no number')
                try:
                    open('missing')
                except OSError:
                    traceback.print_exc()
                open(__file__ + '/missing')
            """);
    String root = bench.scripts.resolve("..").toRealPath().toString();
    assertThat(report.log())
        .contains("careful", "in a thread", "Traceback")
        .doesNotContain(root, Bench.pythonHome().toRealPath().toString());
    assertThat(report.raised().message()).doesNotContain(root);
    assertThat(report.raised().traceback()).doesNotContain(root);
  }

  @Test
  void aRunHasABoundOnWhatItWrites() throws Exception {
    Message.Start start = bench.start("filling", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    bench.script(
        "filling",
        """
        import os
        def execute(arguments):
            for times in range(3):
                with open('large', 'wb') as file:
                    file.write(bytes(6 << 20))
                os.unlink('large')
            written, refused = 0, None
            try:
                for number in range(100):
                    with open(f'{number}', 'wb') as file:
                        file.write(bytes(1 << 20))
                    written += 1
            except OSError as error:
                refused = error.errno
            return [7 < written < 11, refused]
        """);
    assertThat(bench.run(withScratch(start, 10 << 20), message -> {}).value())
        .isEqualTo("[true, 28]");
  }

  @Test
  void whatEverySystemHasCanBeMadeSureOfAndNotUsed() throws Exception {
    assertThat(
            bench
                .body(
                    """
                    import os
                    os.makedirs('/tmp', exist_ok=True)
                    os.makedirs('/', exist_ok=True)
                    answers = [os.path.isdir('/tmp'), os.path.exists('/etc')]
                    for use in (
                        lambda: os.mkdir('/tmp'),
                        lambda: os.listdir('/tmp'),
                        lambda: os.listdir('/'),
                        lambda: os.makedirs('/tmp/mine'),
                        lambda: open('/tmp/mine', 'w'),
                        lambda: os.chmod('/tmp', 0o777),
                        lambda: os.rename('/tmp', 'mine'),
                        lambda: os.rmdir('/tmp'),
                        lambda: os.chdir('/tmp'),
                    ):
                        try:
                            use()
                            answers.append('done')
                        except OSError as error:
                            answers.append(type(error).__name__)
                    return answers
                    """)
                .value())
        .isEqualTo("[true, false, \"FileExistsError\"" + ", \"PermissionError\"".repeat(8) + "]");
  }

  @Test
  void aFaultOfTheRuntimeIsAnErrorOfTheSystemWithoutJava() throws Exception {
    var raised = bench.body("import os\nos.utime(99)").raised();
    assertThat(raised.type()).isEqualTo("OSError");
    assertThat(raised.message() + raised.traceback()).doesNotContainIgnoringCase("java");
    raised = bench.body("import marshal\nmarshal.loads(b'l' + b'\\xff\\xff\\xff\\x7f')").raised();
    assertThat(raised.type()).isEqualTo("ValueError");
    assertThat(raised.message()).isEqualTo("bad marshal data");
  }

  @Test
  void aHugeNumberForADatabaseIsRefusedAtOnce() throws Exception {
    String tries =
        """
        import sqlite3
        database = sqlite3.connect(':memory:')
        database.execute('create table t (n)')
        database.create_function('huge', 0, lambda: 1 << 10_000_000)
        answers = []
        for use in (
            lambda: database.execute('select ?', (1 << 10_000_000,)),
            lambda: database.execute('select :n', {'n': -(1 << 10_000_000)}),
            lambda: database.executemany('insert into t values (?)', [(1 << 63,)]),
        ):
            try:
                use()
            except Exception as error:
                answers.append(type(error).__name__)
        try:
            database.execute('select huge()').fetchall()
        except sqlite3.DataError as error:
            answers.append('refused')
        answers.append(database.execute('select ?', (-(1 << 63),)).fetchone()[0] == -(1 << 63))
        return answers
        """;
    assertThat(bench.body(tries).value())
        .isEqualTo("[\"OverflowError\", \"OverflowError\", \"OverflowError\", \"refused\", true]");
  }

  @Test
  void anObjectThatShowsItselfByShowingItselfIsARecursionError() throws Exception {
    for (String method : new String[] {"__repr__", "__str__", "__hash__"}) {
      var raised =
          bench
              .run(
                  """
                  class Endless:
                      def %1$s(self):
                          return {'__repr__': repr, '__str__': str, '__hash__': hash}['%1$s'](self)
                  def execute(arguments):
                      return [Endless().%1$s()]
                  """
                      .formatted(method))
              .raised();
      assertThat(raised.type()).isEqualTo("RecursionError");
    }
  }

  @Test
  void aLongMessageIsCut() throws Exception {
    assertThat(bench.body("raise ValueError('x' * 10 ** 7)").raised().message())
        .hasSizeLessThan(11_000)
        .endsWith("(10000000 characters)");
  }

  @Test
  void aResultThatNoFrameCanHoldIsAFailureOfTheScriptAlone() throws Exception {
    var report = bench.body("return 'x' * (1 << 25)");
    assertThat(report.raised().type()).isEqualTo("OverflowError");
    assertThat(report.ended().reusable()).isTrue();
  }

  @Test
  void endlessRecursionIsAnExceptionOfTheScript() throws Exception {
    var raised = bench.run("def execute(arguments):\n    return execute(arguments)\n").raised();
    assertThat(raised.type()).isEqualTo("RecursionError");
    assertThat(raised.traceback()).contains("more …").hasLineCount(63);
  }

  @Test
  void leavingWithSysExitIsAFailure() throws Exception {
    var raised = bench.body("import sys\nsys.exit(3)").raised();
    assertThat(raised.type()).isEqualTo("SystemExit");
    assertThat(raised.message()).contains("sys.exit(3)");
  }

  @Test
  void leavingWithoutAnyCleanUpIsAFailureToo() throws Exception {
    assertThat(bench.body("import os\nos._exit(0)").raised().type()).isEqualTo("SystemExit");
  }

  @Test
  void whatSwallowsEveryExceptionIsStoppedByTheTimeLimit() throws Exception {
    bench.script(
        "stubborn",
        """
        def execute(arguments):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
        """);
    var start = bench.start("stubborn", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    var report = bench.run(withLimits(start, 500, start.outputBytes()), message -> {});
    assertThat(report.outcome()).isEqualTo(new Outcome.TimedOut(Duration.ofMillis(500)));
    assertThat(report.ended().reusable()).isTrue();
    assertThat(report.ended().keptScripts()).noneMatch(key -> key.contains("stubborn"));
  }

  @Test
  void aFloodIsStoppedByTheOutputLimitAndKeptUpToIt() throws Exception {
    bench.script("flood", "def execute(arguments):\n    while True:\n        print('x' * 99)\n");
    var start = bench.start("flood", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    var report = bench.run(withLimits(start, start.timeoutMillis(), 10_050), message -> {});
    assertThat(report.outcome()).isEqualTo(new Outcome.OutputLimit(10_050));
    assertThat(report.log()).hasSize(10_051).endsWith("x\n");
  }

  @Test
  void linesArriveWhileTheScriptRuns() throws Exception {
    bench.script(
        "waiting",
        """
        from _pulzar import bridge

        def execute(arguments):
            print('before')
            return bridge.call('question', number=1)
        """);
    bench.host((name, json) -> "{\"ok\": \"" + name + json.replace("\"", "'") + "\"}");
    var start = bench.start("waiting", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    StringBuilder order = new StringBuilder();
    var report =
        bench.run(start, message -> order.append(message.getClass().getSimpleName()).append(' '));
    assertThat(order.toString()).isEqualTo("Started Log HostCall Ended ");
    assertThat(report.value()).isEqualTo("\"question{'number': 1}\"");
  }

  @Test
  void aRefusalOfThePlatformIsTheExceptionThatItNames() throws Exception {
    bench.host((name, json) -> "{\"error\": {\"type\": \"KeyError\", \"message\": \"no key\"}}");
    bench.script("asking", "from _pulzar.bridge import call\ndef execute(a):\n    call('x')\n");
    var raised = bench.run("asking", Script.Entry.FUNCTION, "[]", Isolation.CLEAN).raised();
    assertThat(raised.type()).isEqualTo("KeyError");
  }

  @Test
  void aRunThatWaitsForThePlatformCanBeCanceled() throws Exception {
    bench.script("asking", "from _pulzar.bridge import call\ndef execute(a):\n    call('x')\n");
    var start = bench.start("asking", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    var report =
        bench.run(
            start,
            message -> {
              if (message instanceof Message.HostCall) {
                bench.send(new Message.Cancel(start.run()));
              }
            });
    assertThat(report.outcome()).isEqualTo(new Outcome.Canceled());
  }

  @Test
  void textThatNobodyFlushedIsInTheFile() throws Exception {
    assertThat(bench.body("open('a', 'w').write('text')\nreturn open('a').read()").value())
        .isEqualTo("\"text\"");
  }

  @Test
  void withoutNetworkASocketIsRefused() throws Exception {
    bench.script(
        "calling", "import socket\ndef execute(a):\n    socket.create_connection(('::1', 1))\n");
    var start = bench.start("calling", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    var raised = bench.run(withoutNetwork(start), message -> {}).raised();
    assertThat(raised.type()).isEqualTo("PermissionError");
    assertThat(raised.message()).contains("Network: off");
  }

  private static Message.Start withLimits(Message.Start start, long millis, long outputBytes) {
    return new Message.Start(
        start.run(),
        start.root(),
        start.name(),
        start.entry(),
        start.arguments(),
        start.scratch(),
        start.input(),
        start.isolation(),
        millis,
        start.memoryBytes(),
        start.scratchBytes(),
        outputBytes,
        start.network(),
        start.maxRunsPerContext());
  }

  private static Message.Start withScratch(Message.Start start, long bytes) {
    return new Message.Start(
        start.run(),
        start.root(),
        start.name(),
        start.entry(),
        start.arguments(),
        start.scratch(),
        start.input(),
        start.isolation(),
        start.timeoutMillis(),
        start.memoryBytes(),
        bytes,
        start.outputBytes(),
        start.network(),
        start.maxRunsPerContext());
  }

  private static Message.Start withoutNetwork(Message.Start start) {
    return new Message.Start(
        start.run(),
        start.root(),
        start.name(),
        start.entry(),
        start.arguments(),
        start.scratch(),
        start.input(),
        start.isolation(),
        start.timeoutMillis(),
        start.memoryBytes(),
        start.scratchBytes(),
        start.outputBytes(),
        false,
        start.maxRunsPerContext());
  }
}
