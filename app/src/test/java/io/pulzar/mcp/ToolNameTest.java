package io.pulzar.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolNameTest {

  @ParameterizedTest
  @CsvSource({
    "factorial, factorial",
    "example/factorial, example__factorial",
    "finance/2026/q1-report, finance__2026__q1-report",
    "a/count_words, a__count_words"
  })
  void aPlainPathIsReadable(String path, String name) {
    assertThat(ToolName.of(path)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "número/añadir",
        "a__b",
        "_hidden",
        "a_/b",
        "a/_b",
        "a/b_",
        "pulzar_job",
        "pulzar_anything",
        "日本語",
        "a/b-0123456789abcdef"
      })
  void whateverElseItIsEndsWithItsDigest(String path) {
    assertThat(ToolName.of(path)).matches("[A-Za-z0-9_-]{1,47}-[0-9a-f]{16}");
  }

  @Test
  void aLongPathIsCutAndTakesNoMoreThanModelsTake() {
    String path = "folder/".repeat(40) + "script";
    assertThat(ToolName.of(path)).hasSize(64).startsWith("folder__folder__").contains("-");
    assertThat(ToolName.of("x".repeat(64))).isEqualTo("x".repeat(64));
    assertThat(ToolName.of("x".repeat(65))).hasSize(64).contains("-");
  }

  @Test
  void noTwoPathsHaveOneName() {
    List<String> paths =
        List.of("a/b", "a__b", "a_/b", "a/_b", "a_b", "a-b", "aéb", "aèb", "a___b", "a/b_", "A/b");
    Set<String> names = paths.stream().map(ToolName::of).collect(Collectors.toSet());
    assertThat(names).hasSameSizeAs(paths);
  }

  @Test
  void aPathThatLooksLikeTheNameOfAnotherGetsOneOfItsOwn() {
    String taken = ToolName.of("aéb");
    assertThat(ToolName.of(taken)).isNotEqualTo(taken);
  }

  @Test
  void theServersOwnNamesCannotBeTaken() {
    assertThat(List.of("pulzar_job", "pulzar_job_log", "pulzar_"))
        .allSatisfy(path -> assertThat(ToolName.of(path)).doesNotStartWith("pulzar_"));
  }
}
