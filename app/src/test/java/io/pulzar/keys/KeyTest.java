package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Cases;
import io.pulzar.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of keys, as http-api.md states it. */
final class KeyTest {

  private static final String ALLOWED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+~@=,() ";

  @Test
  void everySegmentOfAllowedCharactersIsLegal() {
    Cases.each(
        300,
        seed -> {
          List<String> segments = segments(new Random(seed));
          String path = "/" + String.join("/", segments);
          assertThat(Key.of(segments).path()).isEqualTo(path);
          assertThat(Key.of(path)).isEqualTo(new Key(path));
          assertThat(Key.of(path.substring(1))).isEqualTo(new Key(path));
        });
  }

  @Test
  void anyOtherCharacterIsIllegalWhereverItStands() {
    Cases.each(
        300,
        seed -> {
          Random random = new Random(seed);
          List<String> segments = segments(random);
          // Most of them below 256, where those are that somebody may type.
          char character = (char) random.nextInt(random.nextBoolean() ? 256 : 0x10000);
          if (ALLOWED.indexOf(character) < 0 && character != '/') {
            String path = "/" + String.join("/", segments);
            for (int at = 1; at <= path.length(); at++) {
              String wrong = path.substring(0, at) + character + path.substring(at);
              assertIllegal(wrong);
            }
          }
        });
  }

  private static List<String> segments(Random random) {
    List<String> segments = new ArrayList<>();
    int count = random.nextInt(1, 7);
    while (segments.size() < count) {
      String segment =
          random
              .ints(random.nextInt(1, 41), 0, ALLOWED.length())
              .mapToObj(at -> ALLOWED.substring(at, at + 1))
              .collect(Collectors.joining());
      if (!segment.equals(".") && !segment.equals("..")) {
        segments.add(segment);
      }
    }
    return segments;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "/a//b", "/a/", "/.", "/..", "/a/./b", "/a/../b", "a"})
  void emptyAndDotSegmentsAreIllegal(String path) {
    assertIllegal(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.hidden", "/...", "/a.b", "/..a", "/ ", "/a/b c"})
  void dotsAndSpacesInsideASegmentAreLegal(String path) {
    assertThat(new Key(path).path()).isEqualTo(path);
  }

  @Test
  void theLimitsAreExact() {
    assertThat(new Key("/" + "k".repeat(255)).path()).hasSize(256);
    assertIllegal("/" + "k".repeat(256));
    String longest = ("/" + "k".repeat(255)).repeat(4);
    assertThat(new Key(longest).path()).hasSize(1024);
    assertIllegal("/a" + longest);
  }

  @Test
  void anEncodedSlashDoesNotSeparateSegments() {
    assertThatThrownBy(() -> Key.of(List.of("a/b"))).hasMessageContaining("%2F");
  }

  @Test
  void onlySpacesNeedEncodingInAUrl() {
    assertThat(new Key("/a b/x=1,y=(2)@z~+").encoded()).isEqualTo("/a%20b/x=1,y=(2)@z~+");
  }

  @Test
  void controlCharactersAreNamedAndNotEchoed() {
    assertThatThrownBy(() -> new Key("/a\nb")).hasMessageContaining("U+000A");
  }

  private static void assertIllegal(String path) {
    assertThatThrownBy(() -> new Key(path))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.code()).isEqualTo("illegal_key");
            });
  }
}
