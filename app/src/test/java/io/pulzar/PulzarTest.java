package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.roles.Version;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PulzarTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({"help", "--help", "-h"})
  void helpListsEveryCommand(String word) {
    assertThat(run(word)).isZero();
    assertThat(text(out)).contains("  pulzar start ", "  pulzar launch ", "  pulzar doctor ");
  }

  @ParameterizedTest
  @CsvSource({"help launch", "--help launch", "launch --help", "launch -h", "help launch a/b n=1"})
  void helpOfOneCommandIsAboutThatOneAndRunsNothing(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(text(out)).contains("  pulzar launch SCRIPT").doesNotContain("pulzar start");
  }

  @ParameterizedTest
  @CsvSource({"fly, now", "help, fly"})
  void aCommandThatIsNotThereIsNamed(String first, String second) {
    assertThat(run(first, second)).isEqualTo(2);
    assertThat(text(err)).contains("there is no command fly", "pulzar help");
  }

  @Test
  void nothingAskedIsAMistakeThatHelpAnswers() {
    assertThat(run()).isEqualTo(2);
    assertThat(text(out)).contains("  pulzar start ");
  }

  @Test
  void itTellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(text(out)).isEqualTo("pulzar " + Version.CURRENT + System.lineSeparator());
  }

  private int run(String... args) {
    return Pulzar.run(List.of(args), print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
