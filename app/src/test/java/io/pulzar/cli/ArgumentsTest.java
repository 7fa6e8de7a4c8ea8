package io.pulzar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void optionsMayBeWrittenBothWaysAndTheLaterWins() {
    Arguments arguments = parse("--port", "1", "--port=2", "word");
    assertThat(arguments.value("--port")).contains("2");
    assertThat(arguments.all("--port")).containsExactly("1", "2");
    assertThat(arguments.words()).containsExactly("word");
  }

  @Test
  void aValueMayLookLikeAnOption() {
    assertThat(parse("--port", "--wait").value("--port")).contains("--wait");
    assertThat(parse("--port=").value("--port")).contains("");
  }

  @Test
  void afterTwoDashesEverythingIsAWord() {
    assertThat(parse("--wait", "--", "--port", "x").words()).containsExactly("--port", "x");
  }

  @Test
  void aFlagHasNoValue() {
    assertThat(parse("--wait", "word").words()).containsExactly("word");
    assertThat(parse("--wait").has("--wait")).isTrue();
    assertThatThrownBy(() -> parse("--wait=yes")).hasMessageContaining("--wait=yes");
  }

  @Test
  void mistakesNameTheOptionAndTheKnownOnes() {
    assertThatThrownBy(() -> parse("--prot", "1"))
        .isInstanceOf(UsageException.class)
        .hasMessage("unknown option --prot; known are --port --wait");
    assertThatThrownBy(() -> parse("--port"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--port needs a value after it");
  }

  private static Arguments parse(String... typed) {
    return Arguments.parse(List.of(typed), Set.of("--port"), Set.of("--wait"));
  }
}
