package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.wire.Message;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run has its secrets and variables, and the next run in its context has not. */
@Tag("slow")
final class SecretsTest {

  private static final String SECRETS = "{\"DB_PASSWORD\":\"hunter22 ä\"}";
  private static final String VARIABLES = "{\"TZ\":\"CET-1CEST\",\"HOME\":\"/elsewhere\"}";

  /** Finds values wherever Python code can look. */
  private static final String LOOK =
      """
      import os
      import sys

      import pulzarcore
      from pulzarcore import secrets

      kept = []

      def seen():
          return sorted([*secrets.values(), *pulzarcore.variables.values()])

      def anywhere():
          held = [thing for module in tuple(sys.modules.values()) for thing in tuple(vars(module).values())]
          held += [inner for thing in held if isinstance(thing, dict) for inner in tuple(thing.values())]
          return any(isinstance(text, (str, bytes)) and text in ('hunter22 ä', 'hunter22 ä'.encode()) for text in held)

      def execute(arguments):
          if arguments:
              return [seen(), os.environ.get('DB_PASSWORD'), os.environ.get('TZ'), os.environ['HOME'] == os.getcwd(), repr(secrets)]
          return [seen(), os.environ.get('DB_PASSWORD'), os.environ.get('TZ') == 'CET-1CEST', 'DB_PASSWORD' in os.environ._data, anywhere()]
      """;

  @TempDir Path directory;

  @Test
  void aScriptFindsThemInTheModuleAndInTheEnvironment() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script("look", LOOK);
      assertThat(run(bench, "look", "[1]", Isolation.CLEAN, SECRETS, VARIABLES).value())
          .isEqualTo(
              "[[\"/elsewhere\", \"CET-1CEST\", \"hunter22 \\u00e4\"], \"hunter22 \\u00e4\","
                  + " \"CET-1CEST\", true, \"<DB_PASSWORD>\"]");
    }
  }

  @Test
  void nothingOfThemIsLeftInACleanContext() throws IOException {
    leavesNothing(Isolation.CLEAN);
  }

  /**
   * Its modules stay, and with them whatever the script kept itself; the platform keeps nothing.
   */
  @Test
  void nothingOfThemIsLeftInAWarmContext() throws IOException {
    leavesNothing(Isolation.WARM);
  }

  private void leavesNothing(Isolation isolation) throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script("look", LOOK);
      run(bench, "look", "[1]", isolation, "", "").value();
      Bench.Report with = run(bench, "look", "[1]", isolation, SECRETS, VARIABLES);
      assertThat(with.value()).contains("hunter22");
      assertThat(with.ended().keptScripts()).hasSize(1);
      Bench.Report after = run(bench, "look", "[]", isolation, "", "");
      assertThat(after.value()).isEqualTo("[[], null, false, false, false]");
      assertThat(run(bench, "look", "[1]", isolation, SECRETS, VARIABLES).value())
          .contains("hunter22");
    }
  }

  @Test
  void aSecretThatWasNotAskedForSaysWhatToDo() throws IOException {
    try (Bench bench = new Bench(directory.resolve("bench"), 0)) {
      bench.script(
          "asks",
          "import pulzarcore\n\ndef execute(arguments):\n    pulzarcore.secrets['OTHER']\n");
      assertThat(run(bench, "asks", "[]", Isolation.CLEAN, SECRETS, "").raised().message())
          .contains("OTHER", "Secrets:");
    }
  }

  private static Bench.Report run(
      Bench bench,
      String name,
      String arguments,
      Isolation isolation,
      String secrets,
      String variables)
      throws IOException {
    Message.Start plain = bench.start(name, Script.Entry.FUNCTION, arguments, isolation);
    return bench.run(
        new Message.Start(
            plain.run(),
            plain.root(),
            plain.name(),
            plain.entry(),
            plain.arguments(),
            plain.scratch(),
            plain.input(),
            plain.isolation(),
            plain.timeoutMillis(),
            plain.memoryBytes(),
            plain.scratchBytes(),
            plain.outputBytes(),
            plain.network(),
            plain.maxRunsPerContext(),
            secrets,
            variables),
        message -> {});
  }
}
