package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a script meets its own earlier runs. */
@Tag("slow")
final class IsolationTest {

  /** Returns how often the module was used, and how often the context was. */
  private static final String COUNTER =
      """
      from _pulzar import state

      RUNS = 0

      def execute(arguments):
          global RUNS
          RUNS += 1
          # The platform's own bookkeeping is not put back, so that it tells contexts apart.
          state._snapshot.runs = getattr(state._snapshot, 'runs', 0) + 1
          for code in arguments:
              exec(code)
          return [RUNS, state._snapshot.runs]
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
  void aCleanRunHasTheContextButNotTheModuleOfTheLastOne() throws IOException {
    bench.script("clean", COUNTER);
    assertThat(run("clean", Isolation.CLEAN)).isEqualTo("[1, 1]");
    assertThat(run("clean", Isolation.CLEAN)).isEqualTo("[1, 2]");
  }

  @Test
  void aWarmRunHasTheModuleToo() throws IOException {
    bench.script("warm", COUNTER);
    assertThat(run("warm", Isolation.WARM)).isEqualTo("[1, 1]");
    assertThat(run("warm", Isolation.WARM)).isEqualTo("[2, 2]");
    // Nobody knows what its runs have left there.
    assertThat(run("warm", Isolation.CLEAN)).isEqualTo("[1, 1]");
  }

  @Test
  void aFreshRunHasNothingOfTheLastOne() throws IOException {
    bench.script("fresh", COUNTER);
    assertThat(run("fresh", Isolation.FRESH)).isEqualTo("[1, 1]");
    assertThat(run("fresh", Isolation.FRESH)).isEqualTo("[1, 1]");
  }

  @Test
  void aChangedFileEndsTheContext() throws IOException {
    Path file = bench.script("changed", COUNTER);
    assertThat(run("changed", Isolation.WARM)).isEqualTo("[1, 1]");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertThat(run("changed", Isolation.WARM)).isEqualTo("[1, 1]");
  }

  @Test
  void anExceptionEndsACleanContextAndLeavesAWarmOne() throws IOException {
    bench.script("failing", COUNTER);
    assertThat(run("failing", Isolation.WARM)).isEqualTo("[1, 1]");
    bench.run("failing", Script.Entry.FUNCTION, "[\"1 / 0\"]", Isolation.WARM).raised();
    assertThat(run("failing", Isolation.WARM)).isEqualTo("[3, 3]");
    assertThat(run("failing", Isolation.CLEAN)).isEqualTo("[1, 1]");
    bench.run("failing", Script.Entry.FUNCTION, "[\"1 / 0\"]", Isolation.CLEAN).raised();
    assertThat(run("failing", Isolation.CLEAN)).isEqualTo("[1, 1]");
  }

  @Test
  void aThreadLeftBehindEndsTheContextAndTheThread() throws IOException {
    bench.script("threads", COUNTER);
    String thread =
        "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()";
    var report =
        bench.run("threads", Script.Entry.FUNCTION, "[\"" + thread + "\"]", Isolation.CLEAN);
    assertThat(report.value()).isEqualTo("[1, 1]");
    assertThat(report.ended().reusable()).isTrue();
    assertThat(run("threads", Isolation.CLEAN)).isEqualTo("[1, 1]");
  }

  @Test
  void relativeAndSiblingImportsWorkBelowTheRoot() throws IOException {
    bench.script("pack/__init__", "");
    bench.script("pack/inner/__init__", "");
    bench.script("pack/inner/shout", "def shout(text):\n    return text.upper()\n");
    bench.script("pack/sibling", "VALUE = 'sibling'\n");
    bench.script(
        "pack/nested",
        """
        import sibling
        import pack.sibling
        from .inner.shout import shout

        def execute(arguments):
            return [shout('loud'), sibling.VALUE, __name__]
        """);
    assertThat(run("pack/nested", Isolation.CLEAN))
        .isEqualTo("[\"LOUD\", \"sibling\", \"pack.nested\"]");
  }

  @Test
  void aFileNamedLikeALibraryBehavesTheSameInEveryRunAndIsNamed() throws IOException {
    bench.script("shop/requests", "NAME = 'own'\n");
    bench.script("shop/json", "NAME = 'own'\n");
    bench.script("shop/pulzarutils", "NAME = 'own'\n");
    bench.script(
        "shop/order",
        """
        import json
        import requests

        def execute(arguments):
            from pulzarutils.utils import Utils
            import psutil
            return [requests.NAME, json.dumps(1), Utils.__name__]
        """);
    for (int times = 0; times < 3; times++) {
      var report = bench.run("shop/order", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
      assertThat(report.value()).isEqualTo("[\"own\", \"1\", \"Utils\"]");
      assertThat(report.log())
          .contains("shop/requests.py is imported in place of the library")
          .contains("shop/json.py is not imported");
    }
  }

  @Test
  void aDirectoryNamedLikeALibraryHidesNothing() throws IOException {
    bench.script("email/inner", "VALUE = 1\n");
    bench.script(
        "email/send",
        """
        from email.message import Message
        from .inner import VALUE

        def execute(arguments):
            return [Message.__name__, VALUE]
        """);
    assertThat(run("email/send", Isolation.CLEAN)).isEqualTo("[\"Message\", 1]");
    assertThat(run("email/send", Isolation.CLEAN)).isEqualTo("[\"Message\", 1]");
  }

  /** To make and delete a directory costs more than a small call does. */
  @Test
  void aRunHasItsDirectoryMadeWhenItFirstUsesIt() throws IOException {
    bench.script("quiet", "def execute(arguments):\n    return 1\n");
    bench.script("writer", "def execute(arguments):\n    open('a', 'w').close()\n");
    for (Isolation isolation : Isolation.values()) {
      assertThat(scratchAfter("quiet", isolation)).doesNotExist();
      assertThat(scratchAfter("writer", isolation).resolve("a")).exists();
    }
  }

  private static Path scratchAfter(String name, Isolation isolation) throws IOException {
    Message.Start start = bench.start(name, Script.Entry.FUNCTION, "[]", isolation);
    bench.run(start, message -> {});
    return Path.of(start.scratch());
  }

  private static String run(String name, Isolation isolation) throws IOException {
    return bench.run(name, Script.Entry.FUNCTION, "[]", isolation).value();
  }
}
