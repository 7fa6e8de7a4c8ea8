package io.pulzar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[true,false,null,0.5,-7,12345678901234567890,\"ñ\\n\\\"\"],\"c\":{}}",
        "{}",
        "{\"empty\":[]}"
      })
  void whatIsReadIsWrittenAsItWas(String text) {
    assertThat(JsonText.of(read(text))).isEqualTo(text);
  }

  @Test
  void whatHasNoOrderIsInOrder() {
    assertThat(JsonText.of(Map.of("e", 5, "b", 2, "d", 4, "a", 1, "c", 3)))
        .isEqualTo("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "7", "{\"a\":", "{\"a\":1", "no", "{a:1}"})
  void whatIsNoObjectIsNone(String text) {
    assertThat(JsonText.object(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aWordIsWhatItMeansAsJsonAndElseItself() {
    assertThat(JsonText.meaning("5")).isEqualTo(5);
    assertThat(JsonText.meaning("[1,\"a\"]")).isEqualTo(List.of(1, "a"));
    assertThat(JsonText.meaning("\"5\"")).isEqualTo("5");
    for (String word : List.of("to be", "5 6", "1,2", "", "null", "{", "[1", "tru", "-")) {
      assertThat(JsonText.meaning(word)).isEqualTo(word);
    }
  }

  private static Map<?, ?> read(String text) {
    return JsonText.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
