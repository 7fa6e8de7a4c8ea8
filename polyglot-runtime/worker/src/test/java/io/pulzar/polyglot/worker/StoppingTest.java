package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run ends that does not end by itself. */
@Tag("slow")
final class StoppingTest {

  private static Bench bench;

  @BeforeAll
  static void open() throws IOException {
    bench = new Bench(Files.createTempDirectory("worker"), 1);
  }

  @AfterAll
  static void close() throws IOException {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True: pass",
        "time.sleep(600)",
        "threading.Event().wait()",
        "threading.Lock().acquire() and call('never answered')",
      })
  void aCanceledScriptCleansUp(String work) throws IOException {
    bench.script(
        "careful",
        """
        import atexit, threading, time
        from _pulzar.bridge import call

        def execute(arguments):
            atexit.register(print, 'at exit')
            try:
                print('at work')
                %s
            except Exception:
                print('no failure of the work')
            finally:
                print('finally', call('question'))
        """
            .formatted(work));
    Message.Start start = bench.start("careful", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    bench.host((name, json) -> name.equals("question") ? "{\"ok\": \"answer\"}" : null);
    var report =
        bench.run(
            start,
            message -> {
              if (message instanceof Message.Log log && log.text().contains("at work")) {
                bench.send(new Message.Cancel(start.run()));
              }
            });
    assertThat(report.outcome()).isEqualTo(new Outcome.Canceled());
    assertThat(report.log()).isEqualTo("at work\nfinally answer\nat exit\n");
    assertThat(report.ended().reusable()).isTrue();
  }

  @Test
  void theTimeLimitLeavesTimeToCleanUpToo() throws IOException {
    bench.script(
        "late",
        """
        import time

        def execute(arguments):
            try:
                time.sleep(600)
            finally:
                print('finally')
        """);
    assertThat(timedOut("late").log()).isEqualTo("finally\n");
  }

  @Test
  void aScriptThatCatchesItsEndIsOverTimeAllTheSame() throws IOException {
    bench.script(
        "catching",
        """
        import time

        def execute(arguments):
            try:
                time.sleep(600)
            except BaseException as end:
                print(type(end).__name__)
            return 'as if nothing had been'
        """);
    assertThat(timedOut("catching").log()).isEqualTo("KeyboardInterrupt\n");
  }

  @Test
  void aScriptThatCleansUpForEverIsStopped() throws IOException {
    bench.script(
        "tidy",
        """
        def execute(arguments):
            try:
                while True:
                    pass
            finally:
                while True:
                    pass
        """);
    assertThat(timedOut("tidy").ended().reusable()).isTrue();
  }

  @Test
  void aThreadThatComputesDoesNotKeepTheInterpreterToItself() throws IOException {
    bench.script(
        "daemon",
        """
        import threading

        def spin():
            while True:
                pass

        def execute(arguments):
            for _ in range(3):
                threading.Thread(target=spin, daemon=True).start()
            return True
        """);
    for (int times = 0; times < 10; times++) {
      assertThat(bench.run("daemon", Script.Entry.FUNCTION, "[]", Isolation.CLEAN).value())
          .isEqualTo("true");
    }
  }

  private static Bench.Report timedOut(String name) throws IOException {
    Message.Start start = bench.start(name, Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
    var report = bench.run(within(start, 5000), message -> {});
    assertThat(report.outcome()).isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(5)));
    return report;
  }

  private static Message.Start within(Message.Start start, long millis) {
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
        start.outputBytes(),
        start.network(),
        start.maxRunsPerContext());
  }
}
