package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "日", "😀"})
  void aTextIsCutBetweenCharacters(String character) {
    String text = character.repeat(1000);
    Excerpt excerpt = Excerpt.of(text, 101);
    assertThat(excerpt.cut()).isTrue();
    assertThat(text).startsWith(excerpt.text());
    assertThat(excerpt.text().getBytes(StandardCharsets.UTF_8).length).isBetween(98, 101);
    assertThat(excerpt.text().replace(character, "")).isEmpty();
  }

  @Test
  void whatFitsIsWhole() {
    for (String text : new String[] {"", "é".repeat(50), "x".repeat(100)}) {
      assertThat(Excerpt.of(text, 100)).isEqualTo(new Excerpt(text, false));
    }
  }

  @Test
  void aLongListHasShortTextsAndIsNeverLarge() {
    assertThat(Excerpt.bytes(1)).isEqualTo(2048);
    assertThat(Excerpt.bytes(100)).isEqualTo(2048);
    for (int rows = 1; rows <= 10_000; rows++) {
      assertThat((long) rows * Excerpt.bytes(rows)).isLessThanOrEqualTo(4 << 20);
    }
  }
}
