package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of keys, as http-api.md states it. */
final class KeyTest {

  private static final String ALLOWED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+~@=,() ";

  @Property
  void everySegmentOfAllowedCharactersIsLegal(@ForAll("segments") List<String> segments) {
    String path = "/" + String.join("/", segments);
    assertThat(Key.of(segments).path()).isEqualTo(path);
    assertThat(Key.of(path)).isEqualTo(new Key(path));
    assertThat(Key.of(path.substring(1))).isEqualTo(new Key(path));
  }

  @Property
  void anyOtherCharacterIsIllegalWhereverItStands(
      @ForAll("segments") List<String> segments, @ForAll char character) {
    if (ALLOWED.indexOf(character) < 0 && character != '/') {
      String path = "/" + String.join("/", segments);
      for (int at = 1; at <= path.length(); at++) {
        String wrong = path.substring(0, at) + character + path.substring(at);
        assertIllegal(wrong);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> segments() {
    return Arbitraries.strings()
        .withChars(ALLOWED.toCharArray())
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(segment -> !segment.equals(".") && !segment.equals(".."))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
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
