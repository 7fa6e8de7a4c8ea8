package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Leftovers;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Outcome.Canceled;
import io.pulzar.polyglot.Outcome.Completed;
import io.pulzar.polyglot.Outcome.OutOfMemory;
import io.pulzar.polyglot.Outcome.OutputLimit;
import io.pulzar.polyglot.Outcome.Raised;
import io.pulzar.polyglot.Outcome.TimedOut;
import io.pulzar.polyglot.Python2Settings;
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
import io.pulzar.polyglot.Script.Entry;
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

/** Scripts of Python 2, in Jython behind the wall. */
final class Python2IT {

  private static final Duration LONG = Duration.ofMinutes(5);
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
    pool = WorkerPool.open(settings, JythonCommand.of(settings, new Python2Settings(1, false)));
  }

  private static RuntimeSettings settings(WallMode wall) {
    return new RuntimeSettings(
        new Places(
            Path.of("..", "target", "image"),
            Path.of("..", "..", "python-lib"),
            List.of(),
            directory.resolve("drivers"),
            Path.of(System.getProperty("java.home")),
            directory.resolve("scratch")),
        new Workers(1, 1, 10, LONG),
        new WorkerShape(MEMORY, 2 * MEMORY, 4, 1, 100, 100_000, 1 << 20, 8 << 20, 0, true),
        new Patience(LONG, Duration.ofSeconds(30), Duration.ofMillis(10)),
        RuntimeSettings.Images.defaults(directory.resolve("languages")),
        new Confinement(wall, List.of(directory.resolve("jobs")), 4096));
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
  void aJobOfOldTimesRuns() throws Exception {
    Said said =
        job(
            """
            #!/usr/bin/python2
            from pulzarcore.core_jobs import CoreJobs
            import urllib2

            class Report(CoreJobs):
                def __init__(self, params):
                    super(Report, self).__init__(params)

                @CoreJobs._pulzar_run_job
                def work(self):
                    print "number", 7 / 2, self.const.VERSION
                    try:
                        raise ValueError, "old"
                    except ValueError, e:
                        self.pulzar_add_log("caught %s" % e)
                    try:
                        urllib2.urlopen("http://127.0.0.1:1/", timeout=5)
                    except urllib2.URLError, e:
                        print "refused"
                    self.pulzar_set_output(u"gr\\u00f6\\u00dfe %s" % self.utils.encode_base_64("a"))

                def execute(self):
                    self.work()
                    return self.is_the_job_ok()
            """,
            "legacy/report");
    assertThat(said.outcome()).isEqualTo(new Completed("{\"ok\": true}"));
    assertThat(said.log()).isEqualTo("{\"x\": 5}\nnumber 3 21.4.1\ncaught old\nrefused\n");
    assertThat(said.output()).isEqualTo("größe YQ==");
  }

  @Test
  void otherFormsOfJobsAndExtensionsRun() throws Exception {
    assertThat(job("def main(x, y=3):\n    return x + y\n", "by_name").outcome())
        .isEqualTo(new Completed("{\"result\": 8, \"ok\": true}"));
    assertThat(job("print 'got', raw_input()\n", "plain").log()).isEqualTo("got {\"x\": 5}\n");
    write(
        "adder",
        """
        class Adder:
            def __init__(self, arguments, params, file_path=None):
                self.arguments = arguments

            def execute(self):
                return sum(map(int, self.arguments))
        """);
    assertThat(
            said(call(
                    "adder", Entry.EXTENSION, "{\"arguments\":[\"1\",\"2\"],\"params\":{}}", LONG))
                .outcome())
        .isEqualTo(new Completed("{\"data\": 3}"));
  }

  @Test
  void whatAScriptRaisesIsToldWithoutPathsOfTheHost() throws Exception {
    assertThat(run("raise KeyError, 'no such day'"))
        .isInstanceOfSatisfying(
            Raised.class,
            raised -> {
              assertThat(raised.type()).isEqualTo("KeyError");
              assertThat(raised.message()).isEqualTo("'no such day'");
              assertThat(raised.traceback()).contains("line 2").doesNotContain("" + directory);
            });
  }

  @Test
  void thePlatformAnswersQuestions() throws Exception {
    HostCalls host = (name, arguments, scratch) -> "{\"key\": \"" + name + "\"}";
    String name =
        write(
            "asks",
            """
            def execute(arguments):
                from pulzarcore import core_jobs, jobs
                open('own', 'w').close()
                return [jobs.launch('a/b', n=1), core_jobs.CoreJobs({}).pulzar_store_file('own')]
            """);
    Call call =
        new Call(
            name,
            new Script(directory.resolve("jobs"), name, Entry.FUNCTION),
            "[]",
            Optional.empty(),
            Isolation.CLEAN,
            new Limits(LONG, MEMORY, OUTPUT, true),
            host,
            ScriptRuntime.PYTHON2);
    assertThat(said(call).outcome())
        .isEqualTo(new Completed("[{\"key\": \"jobs.launch\"}, \"files.store\"]"));
  }

  @Test
  void nothingIsLeftForTheNextRun() throws Exception {
    String count = "import json; json.runs = getattr(json, 'runs', 0) + 1; return json.runs";
    assertThat(run(count)).isEqualTo(new Completed("1"));
    assertThat(run(count)).isEqualTo(new Completed("1"));
  }

  @Test
  void aRunHasItsSecretsAndItsProcessServesNoOther() throws Exception {
    String name =
        write(
            "secretive",
            """
            import os
            import pulzarcore

            def execute(arguments):
                print 'is', pulzarcore.secrets['TOKEN']
                return [os.environ.get('TOKEN') == 'hunter' + '22', os.environ.get('PLACE'), len(pulzarcore.secrets)]
            """);
    Call plain = call(name, LONG);
    Call call =
        new Call(
            plain.id(),
            plain.script(),
            plain.arguments(),
            plain.input(),
            plain.isolation(),
            plain.limits(),
            plain.host(),
            plain.runtime(),
            new RunEnvironment(Map.of("TOKEN", "hunter22"), Map.of("PLACE", "here"), List.of()));
    Said said = said(call);
    assertThat(said.outcome()).isEqualTo(new Completed("[true, \"here\", 1]"));
    assertThat(said.log()).contains("is ***").doesNotContain("hunter22");
    assertThat(
            run("import os, pulzarcore; return [os.environ.get('TOKEN'), len(pulzarcore.secrets)]"))
        .isEqualTo(new Completed("[null, 0]"));
  }

  @Test
  void aLoopWithoutEndIsTimedOut() throws Exception {
    Duration limit = Duration.ofSeconds(1);
    Call call = call(write("endless", "def execute(a):\n    while True: pass\n"), limit);
    assertThat(said(call).outcome()).isEqualTo(new TimedOut(limit));
    assertThat(run("return 1")).isEqualTo(new Completed("1"));
  }

  @Test
  void whatWaitsIsCanceledWhileItsLinesArrive() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Run run =
        pool.start(
            call(
                write(
                    "waits",
                    """
                    import time

                    def execute(arguments):
                        print 'first'
                        time.sleep(300)
                    """),
                LONG),
            new RunListener() {
              @Override
              public void log(String lines) {
                arrived.countDown();
              }
            });
    assertThat(arrived.await(5, TimeUnit.MINUTES)).isTrue();
    run.cancel();
    assertThat(end(run).outcome()).isEqualTo(new Canceled());
  }

  @Test
  void memoryOutputAndFilesAreLimited() throws Exception {
    assertThat(run("x = []\n    while True: x.append('y' * 100000 + str(len(x)))"))
        .isEqualTo(new OutOfMemory(MEMORY));
    assertThat(run("for _ in range(10000): print 'x' * 100")).isEqualTo(new OutputLimit(OUTPUT));
    assertThat(
            raised(
                "import time\n    for i in range(20): open(str(i), 'wb').write('x' * 900000)\n"
                    + "    time.sleep(60)"))
        .contains("OSError");
  }

  @Test
  void othersFilesProcessesAndJavaLeadNowhere() throws Exception {
    Path secret = directory.resolve("others").resolve("secret");
    assertThat(raised("return open('%s').read()".formatted(secret))).startsWith("IOError");
    assertThat(raised("return open('/etc/passwd').read()")).startsWith("IOError");
    assertThat(
            raised(
                "from java.nio.file import Files, Paths\n    return Files.size(Paths.get('%s')),"
                        .formatted(secret)
                    + " len(Files.readAllBytes(Paths.get('%s')))".formatted(secret)))
        .startsWith("AccessDeniedException");
    assertThat(raised("import subprocess; subprocess.check_call(['/bin/true'])"))
        .startsWith("OSError");
    assertThat(
            raised(
                "from java.lang import Runtime; Runtime.getRuntime().exec('/bin/true').waitFor()"))
        .startsWith("IOException");
    assertThat(run("with open('own', 'w') as f: f.write('x')\n    return open('own').read()"))
        .isEqualTo(new Completed("\"x\""));
  }

  @Test
  void theNetworkCanBeOff() throws Exception {
    String name =
        write(
            "offline",
            """
            import urllib2

            def execute(arguments):
                try:
                    urllib2.urlopen('http://127.0.0.1:1/', timeout=5)
                except urllib2.URLError, e:
                    return str(e)
            """);
    Call offline =
        new Call(
            name,
            new Script(directory.resolve("jobs"), name, Entry.FUNCTION),
            "[]",
            Optional.empty(),
            Isolation.CLEAN,
            new Limits(LONG, MEMORY, OUTPUT, false),
            HostCalls.NONE,
            ScriptRuntime.PYTHON2);
    assertThat(said(offline).outcome().toString()).doesNotContain("refused");
    assertThat(said(call(name, LONG)).outcome().toString()).containsIgnoringCase("refused");
  }

  @Test
  void withoutTheWallThereAreSuchWorkersOnlyWhenTheyAreAskedFor() throws IOException {
    RuntimeSettings settings = settings(WallMode.OFF);
    assertThatThrownBy(() -> JythonCommand.of(settings, new Python2Settings(1, false)))
        .hasMessageContaining("pulzar.python2.unconfined");
    assertThat(JythonCommand.of(settings, new Python2Settings(1, true)).describe())
        .startsWith("jython");
  }

  private record Said(Outcome outcome, String log, String output) {}

  private static Said job(String source, String name) throws Exception {
    return said(call(write(name, source), Entry.JOB, "{\"x\":5,\"job_id\":1}", LONG));
  }

  private static Said said(Call call) throws Exception {
    StringBuilder log = new StringBuilder();
    StringBuilder output = new StringBuilder();
    Run run =
        pool.start(
            call,
            new RunListener() {
              @Override
              public void log(String lines) {
                log.append(lines);
              }

              @Override
              public void output(String part) {
                output.append(part);
              }
            });
    return new Said(end(run).outcome(), log.toString(), output.toString());
  }

  private static String raised(String body) throws Exception {
    return run(body) instanceof Raised raised
        ? raised.type() + ": " + raised.message()
        : "it was not refused";
  }

  private static Outcome run(String body) throws Exception {
    String name = "script" + Integer.toUnsignedString(body.hashCode());
    return said(call(write(name, "def execute(arguments):\n    " + body + "\n"), LONG)).outcome();
  }

  private static String write(String name, String source) throws IOException {
    Path file = directory.resolve("jobs").resolve(name + ".py");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    return name;
  }

  private static Call call(String name, Duration timeout) {
    return call(name, Entry.FUNCTION, "[]", timeout);
  }

  private static Call call(String name, Entry entry, String arguments, Duration timeout) {
    return new Call(
        name,
        new Script(directory.resolve("jobs"), name, entry),
        arguments,
        Optional.empty(),
        Isolation.CLEAN,
        new Limits(timeout, MEMORY, OUTPUT, true),
        HostCalls.NONE,
        ScriptRuntime.PYTHON2);
  }

  private static Finished end(Run run) throws Exception {
    return run.finished().toCompletableFuture().get(5, TimeUnit.MINUTES);
  }
}
