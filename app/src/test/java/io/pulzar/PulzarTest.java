package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.roles.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PulzarTest {

  @TempDir private Path directory;
  private final CommandRun command = new CommandRun(typed -> TestServer.settings(directory, typed));

  @ParameterizedTest
  @CsvSource({"help", "--help", "-h"})
  void helpListsEveryCommand(String word) {
    assertThat(command.run(word)).isZero();
    assertThat(command.out()).contains("\n  start  ", "\n  launch ", "\n  doctor ");
  }

  @ParameterizedTest
  @CsvSource({"help launch", "--help launch", "launch --help", "launch -h", "help launch a/b n=1"})
  void helpOfOneCommandIsAboutThatOneAndRunsNothing(String line) {
    assertThat(command.run(line.split(" "))).isZero();
    assertThat(command.out())
        .contains("Usage: pulzar launch", "SCRIPT")
        .doesNotContain("Serves until");
  }

  @ParameterizedTest
  @CsvSource({"fly, now", "help, fly"})
  void aCommandThatIsNotThereIsNamed(String first, String second) {
    assertThat(command.run(first, second)).isEqualTo(2);
    assertThat(command.err()).contains("there is no command fly", "pulzar help");
  }

  @ParameterizedTest
  @CsvSource({
    "jobs --limt 5, unknown option --limt (did you mean --limit?); see pulzar jobs --help",
    "jobs 7 8, one word too many: 8; see pulzar jobs --help",
    "token make, '''make'' is none of create, list, revoke; see pulzar token --help'",
    "cancel, missing required parameter: 'ID'; see pulzar cancel --help",
    "jobs --limit, missing required parameter for option '--limit' (N); see pulzar jobs --help"
  })
  void aMistakeIsOneLineThatNamesTheWordAndTheCure(String line, String said) {
    assertThat(command.run(line.split(" "))).isEqualTo(2);
    assertThat(command.err())
        .isEqualTo("pulzar " + line.split(" ", -1)[0] + ": " + said + System.lineSeparator());
    assertThat(command.out()).isEmpty();
  }

  @Test
  void aBadSettingIsOneLineToo() {
    assertThat(command.run("start", "--port", "none")).isEqualTo(2);
    assertThat(command.err()).startsWith("pulzar start: ").contains("port").hasLineCount(1);
  }

  @Test
  void nothingAskedIsAMistakeThatHelpAnswers() {
    assertThat(command.run()).isEqualTo(2);
    assertThat(command.out()).contains("\n  start  ");
  }

  @Test
  void itTellsItsVersion() {
    assertThat(command.run("--version")).isZero();
    assertThat(command.out()).isEqualTo("pulzar " + Version.CURRENT + System.lineSeparator());
  }
}
