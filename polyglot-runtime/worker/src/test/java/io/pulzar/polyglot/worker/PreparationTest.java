package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Script.Entry;
import io.pulzar.polyglot.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loading a script ahead of its first run. */
@Tag("slow")
final class PreparationTest {

  private static final String GREETING =
      """
      STEPS = ['loaded']

      class %s:
          @classmethod
          def prepare(cls):
              STEPS.append('prepared')

          def __init__(self, arguments, params, file_path=None):
              STEPS.append('called')

          def execute(self):
              return STEPS
      """;

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
  void theFirstCallFindsItLoadedAndPrepared() throws IOException {
    bench.script("ready", GREETING.formatted("Ready"));
    assertThat(prepare("ready", 60_000).problem()).isEmpty();
    assertThat(call("ready")).isEqualTo("{\"data\":[\"loaded\", \"prepared\", \"called\"]}");
  }

  @Test
  void aChangeAfterItWasLoadedIsSeen() throws IOException {
    bench.script("edited", GREETING.formatted("Edited"));
    assertThat(prepare("edited", 60_000).problem()).isEmpty();
    bench.script("edited", GREETING.formatted("Edited").replace("'loaded'", "'loaded anew'"));
    assertThat(call("edited")).isEqualTo("{\"data\":[\"loaded anew\", \"called\"]}");
  }

  @Test
  void whatItRaisesIsToldAndTheNextCallMayTryAgain() throws IOException {
    bench.script("broken", "import nothing_of_that_name\n");
    Message.Prepared answer = prepare("broken", 60_000);
    assertThat(answer.problem()).contains("nothing_of_that_name");
    assertThat(answer.keptScripts()).noneMatch(key -> key.endsWith(" broken"));
    bench.script("broken", GREETING.formatted("Broken"));
    assertThat(call("broken")).contains("called");
  }

  @Test
  void oneThatLoadsWithoutEndIsStopped() throws IOException {
    bench.script("endless", "while True: pass\n");
    assertThat(prepare("endless", 200).problem()).isEqualTo("it takes too long");
  }

  @Test
  void itWaitsWhileARunGoesOnAndThatIsNotItsTime() throws IOException {
    bench.script("waiting", GREETING.formatted("Waiting"));
    bench.script("other", "def execute(arguments):\n    import time\n    time.sleep(8)\n");
    bench.run(
        bench.start("other", Entry.FUNCTION, "[]", Isolation.CLEAN),
        message -> {
          assertThat(message).isNotInstanceOf(Message.Prepared.class);
          if (message instanceof Message.Started) {
            bench.send(
                new Message.Prepare(
                    bench.scripts.toString(), "waiting", Entry.EXTENSION, true, 7_000));
          }
        });
    assertThat(bench.prepared().problem()).isEmpty();
  }

  @Test
  void aCallThatComesMeanwhileIsAnsweredAndNothingIsReportedAsAProblem() throws IOException {
    bench.script("wanted", GREETING.formatted("Wanted"));
    bench.send(
        new Message.Prepare(bench.scripts.toString(), "wanted", Entry.EXTENSION, true, 60_000));
    List<Message.Prepared> answers = new ArrayList<>();
    String value =
        bench
            .run(
                bench.start(
                    "wanted", Entry.EXTENSION, "{\"arguments\":[],\"params\":{}}", Isolation.WARM),
                message -> {
                  if (message instanceof Message.Prepared prepared) {
                    answers.add(prepared);
                  }
                })
            .value();
    assertThat(value).startsWith("{\"data\":[\"loaded\", ").endsWith("\"called\"]}");
    if (answers.isEmpty()) {
      answers.add(bench.prepared());
    }
    assertThat(answers).extracting(Message.Prepared::problem).containsExactly("");
    assertThat(call("wanted")).endsWith("\"called\", \"called\"]}");
  }

  private static Message.Prepared prepare(String name, long timeoutMillis) throws IOException {
    bench.send(
        new Message.Prepare(bench.scripts.toString(), name, Entry.EXTENSION, true, timeoutMillis));
    return bench.prepared();
  }

  private static String call(String name) throws IOException {
    return bench
        .run(name, Entry.EXTENSION, "{\"arguments\":[],\"params\":{}}", Isolation.WARM)
        .value();
  }
}
