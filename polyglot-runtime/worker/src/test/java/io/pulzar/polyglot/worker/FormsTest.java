package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The forms that a job may have, and how each is judged. */
final class FormsTest {

  private static final String OK = "{\"ok\":true}";
  private static final String FAILED = "{\"ok\":false}";

  private static Bench bench;

  @BeforeAll
  static void open() throws IOException {
    bench = new Bench(Files.createTempDirectory("worker"), 1);
  }

  @AfterAll
  static void close() throws IOException {
    bench.close();
  }

  @Test
  void aFunctionOfTheModuleIsAJob() throws IOException {
    bench.script(
        "report_01",
        """
        from pulzarcore.core_jobs import CoreJobs

        class Report(CoreJobs):
            @CoreJobs._pulzar_run_job
            def run(self):
                total = int(self.parameters['one']) + int(self.pulzar_parameters['two'])
                self.pulzar_set_output(self.utils.py_to_json([total, self.const.VERSION]))

        def execute(arguments):
            job = Report(arguments)
            job.run()
            return job.is_the_job_ok()
        """);
    Bench.Report report = run("report_01", "{\"one\": 1, \"two\": \"2\", \"job_id\": 7}");
    assertThat(report.value()).isEqualTo(OK);
    assertThat(report.output()).containsExactly("[3, \"21.4.1\"]");
    assertThat(run("report_01", "{\"one\": 1}").value())
        .isEqualTo("{\"ok\":false,\"error\":\"KeyError: 'two'\"}");
  }

  @Test
  void aFunctionWithoutAnAnswerIsJudgedByItsJobs() throws IOException {
    bench.script(
        "quiet",
        """
        from pulzarcore.core_jobs import CoreJobs

        class Work(CoreJobs):
            @CoreJobs._pulzar_run_job
            def run(self):
                1 / self.parameters['by']

        def execute(arguments):
            Work(arguments).run()
        """);
    assertThat(run("quiet", "{\"by\": 1}").value()).isEqualTo(OK);
    assertThat(run("quiet", "{\"by\": 0}").value())
        .isEqualTo("{\"ok\":false,\"error\":\"ZeroDivisionError: division by zero\"}");
    assertThat(run("quiet", "{\"by\": 1}").value()).isEqualTo(OK);
  }

  @Test
  void theOnlyJobOfAFileMayHaveAnyName() throws IOException {
    bench.script(
        "nightly",
        """
        from pulzarcore.core_jobs import CoreJobs

        class CleanUp(CoreJobs):
            def execute(self):
                return {'of': self.pulzar_parameters['of']}
        """);
    assertThat(run("nightly", "{\"of\": [1, 2.5, null]}").value())
        .isEqualTo("{\"ok\":true,\"result\":{\"of\": [1, 2.5, null]}}");
  }

  @Test
  void ofSeveralJobsTheOneThatIsMeantMustBeNamed() throws IOException {
    bench.script(
        "several",
        """
        from pulzarcore.core_jobs import CoreJobs

        class One(CoreJobs):
            def execute(self):
                return True

        class Two(CoreJobs):
            def execute(self):
                return True
        """);
    assertThat(run("several", "{}").raised().message())
        .isEqualTo("several classes are jobs: One, Two; name the one that is meant Several");
  }

  @Test
  void mainGetsItsParametersByNameAndReturnsTheResult() throws IOException {
    bench.script(
        "greet",
        """
        def main(name: str, times: int = 2, *, loud: bool = False):
            text = ' '.join([name] * times)
            return [text.upper() if loud else text, __name__]
        """);
    assertThat(run("greet", "{\"name\": \"a\"}").value())
        .isEqualTo("{\"ok\":true,\"result\":[\"a a\", \"greet\"]}");
    assertThat(run("greet", "{\"name\": \"a\", \"times\": \"1\", \"loud\": true}").value())
        .isEqualTo("{\"ok\":true,\"result\":[\"A\", \"greet\"]}");
    assertThat(run("greet", "{\"times\": \"many\", \"size\": 1}").raised().message())
        .isEqualTo(
            "main() was not called: name is missing;"
                + " times must be a whole number (int), not \"many\";"
                + " size is not one of its parameters");
  }

  @Test
  void whatMainReturnsIsDataAndOnlyFalseAFailure() throws IOException {
    bench.script("data", "def main(value):\n    return value\n");
    assertThat(run("data", "{\"value\": 0}").value()).isEqualTo("{\"ok\":true,\"result\":0}");
    assertThat(run("data", "{\"value\": []}").value()).isEqualTo("{\"ok\":true,\"result\":[]}");
    assertThat(run("data", "{\"value\": true}").value()).isEqualTo(OK);
    assertThat(run("data", "{\"value\": false}").value()).isEqualTo(FAILED);
  }

  @Test
  void aPlainScriptRunsAsMainAndFindsItsParameters() throws IOException {
    bench.script(
        "counter",
        """
        import json
        import sys
        from collections import Counter
        from pulzarcore import parameters

        class Helper:
            def execute(self):
                return 1

        print(__name__, parameters, json.loads(sys.stdin.readline()), Counter('aa')['a'])
        if __name__ == '__main__':
            print(sys.modules['__main__'].Helper().execute())
        """);
    for (int run = 0; run < 2; run++) {
      Bench.Report report = run("counter", "{\"a\": " + run + ", \"job_id\": 7}");
      assertThat(report.value()).isEqualTo(OK);
      assertThat(report.log()).isEqualTo("__main__ {'a': %d} {'a': %d} 2\n1\n".formatted(run, run));
    }
  }

  @Test
  void leavingWithoutATroubleIsNone() throws IOException {
    bench.script("leaves", "import sys\nsys.exit(0)\n");
    assertThat(run("leaves", "{}").value()).isEqualTo(OK);
    bench.script("stumbles", "import sys\nsys.exit(3)\n");
    assertThat(run("stumbles", "{}").raised().message()).contains("sys.exit(3)");
  }

  @Test
  void aCoroutineIsAwaitedAndAGeneratorRuns() throws IOException {
    bench.script(
        "later",
        """
        import asyncio
        from pulzarcore.core_jobs import CoreJobs

        class Later(CoreJobs):
            @CoreJobs._pulzar_run_job
            async def step(self):
                await asyncio.sleep(0.01)
                self.pulzar_set_output('awaited')
                1 / self.pulzar_parameters['by']

            async def execute(self):
                return await self.step()
        """);
    Bench.Report report = run("later", "{\"by\": 1}");
    assertThat(report.value()).isEqualTo(OK);
    assertThat(report.output()).containsExactly("awaited");
    assertThat(run("later", "{\"by\": 0}").value()).contains("ZeroDivisionError");
    bench.script(
        "steps",
        """
        def execute(arguments):
            for number in range(2):
                print(number)
                yield
            return {'last': number}
        """);
    Bench.Report steps = run("steps", "{}");
    assertThat(steps.value()).isEqualTo("{\"ok\":true,\"result\":{\"last\": 1}}");
    assertThat(steps.log()).isEqualTo("0\n1\n");
  }

  @Test
  void threadsAreWaitedForUnlessTheyAreDaemons() throws IOException {
    bench.script(
        "threads",
        """
        import threading, time
        from concurrent.futures import ThreadPoolExecutor

        def work(name):
            time.sleep(0.2)
            print(name)

        def execute(arguments):
            threading.Thread(target=work, args=('thread',)).start()
            ThreadPoolExecutor(1).submit(work, 'pool')
        """);
    for (int run = 0; run < 2; run++) {
      assertThat(run("threads", "{}").log()).contains("thread\n").contains("pool\n");
    }
  }

  @Test
  void theMembersOfAGroupAndNotesAreShown() throws IOException {
    bench.script(
        "group",
        """
        def execute(arguments):
            first = ValueError('the first cause')
            first.add_note('look at the first line')
            raise ExceptionGroup('many', [first, KeyError('the second cause')])
        """);
    assertThat(run("group", "{}").raised().traceback())
        .isEqualTo(
            """
            Traceback (most recent call last):
              File "group.py", line 4, in execute
                raise ExceptionGroup('many', [first, KeyError('the second cause')])
            ExceptionGroup: many (2 sub-exceptions)
              +---------------- 1 ----------------
              | ValueError: the first cause
              | look at the first line
              +---------------- 2 ----------------
              | KeyError: 'the second cause'
              +------------------------------------
            """);
  }

  @Test
  void aResultThatIsNoDataIsLeftOut() throws IOException {
    bench.script("odd", "def execute(arguments):\n    return {'a': {1, 2}}\n");
    Bench.Report report = run("odd", "{}");
    assertThat(report.value()).isEqualTo(OK);
    assertThat(report.log()).startsWith("PULZAR_NOTE::the result is not kept: ").contains("set");
  }

  @Test
  void aLimitThatWasNotReadRefusesTheRun() throws IOException {
    bench.script(
        "limited",
        """
        from pulzarcore.core_jobs import CoreJobs

        def documented(function):
            function.__doc__ = 'Network: off'
            return function

        class Limited(CoreJobs):
            @documented
            def execute(self):
                print('it ran')
        """);
    Bench.Report report = run("limited", "{\"_pulzar_declared\": {}}");
    assertThat(report.raised().message()).startsWith("Network: off could not be applied");
    assertThat(report.log()).isEmpty();
    assertThat(run("limited", "{\"_pulzar_declared\": {\"network\": \"off\"}}").value())
        .isEqualTo(OK);
  }

  @Test
  void withoutABodyTheFileIsNoneForEverybodyWhoAsks() throws IOException {
    bench.script(
        "bodyless",
        """
        import json
        import pickle

        class Bodyless:
            def __init__(self, arguments, params, file_path=None):
                self.file_path = file_path

            def execute(self):
                return [json.dumps(self.file_path), pickle.dumps(self.file_path) == pickle.dumps(None),
                        type(self.file_path) is type(None), repr(self.file_path), self.file_path]
        """);
    assertThat(
            bench
                .run(
                    "bodyless",
                    Script.Entry.EXTENSION,
                    "{\"arguments\":[],\"params\":{}}",
                    Isolation.CLEAN)
                .value())
        .isEqualTo("{\"data\":[\"null\", true, true, \"None\", null]}");
    bench.script(
        "dataless",
        """
        from pulzarcore.core_jobs import CoreJobs

        class Dataless(CoreJobs):
            def execute(self):
                return [self.pulzar_get_filepath(), self._pulzar_data_file_path]
        """);
    assertThat(run("dataless", "{}").value()).isEqualTo("{\"ok\":true,\"result\":[null, null]}");
  }

  private static Bench.Report run(String name, String parameters) throws IOException {
    return bench.run(name, Script.Entry.JOB, parameters, Isolation.CLEAN);
  }
}
