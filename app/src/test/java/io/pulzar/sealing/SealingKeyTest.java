package io.pulzar.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealingKeyTest {

  private static final String TEXT = "hunter22 ä";
  private final SealingKey key = SealingKey.random();

  @Test
  void whatWasSealedOpensWithTheSameKeyAndWordsOnly() throws SealedTextException {
    String sealed = key.seal(TEXT, "here");
    assertThat(key.open(sealed, "here")).isEqualTo(TEXT);
    assertThat(SealingKey.parse(key.export()).open(sealed, "here")).isEqualTo(TEXT);
    assertThatThrownBy(() -> key.open(sealed, "there")).isInstanceOf(SealedTextException.class);
    assertThatThrownBy(() -> SealingKey.random().open(sealed, "here"))
        .isInstanceOf(SealedTextException.class);
  }

  @Test
  void everyChangedByteIsNoticed() {
    byte[] sealed = Base64.getUrlDecoder().decode(key.seal(TEXT, "here"));
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThatThrownBy(() -> key.open(text, "here")).isInstanceOf(SealedTextException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "AAAA", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoSealedTextIsRefused(String text) {
    assertThatThrownBy(() -> key.open(text, "here")).isInstanceOf(SealedTextException.class);
  }

  @Test
  void twoSealsOfOneTextDifferUnlessAskedNotTo() throws SealedTextException {
    assertThat(key.seal(TEXT, "here")).isNotEqualTo(key.seal(TEXT, "here"));
    String again = key.sealRepeatably(TEXT, "here");
    assertThat(again).isEqualTo(key.sealRepeatably(TEXT, "here"));
    assertThat(again).isNotEqualTo(key.sealRepeatably(TEXT, "there"));
    assertThat(again).isNotEqualTo(key.sealRepeatably(TEXT + "x", "here"));
    assertThat(key.open(again, "here")).isEqualTo(TEXT);
  }

  @Test
  void aKeyIsReadFromBase64OfEitherAlphabet() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 0xfb);
    String id = SealingKey.parse(Base64.getEncoder().encodeToString(bytes)).id();
    assertThat(SealingKey.parse(Base64.getUrlEncoder().encodeToString(bytes) + "\n").id())
        .isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "hunter22hunter22hunter22hunter22hunter22hunter22", "ä"})
  void anythingElseIsNoKeyAndIsNotRepeated(String text) {
    assertThatThrownBy(() -> SealingKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void itsNameTellsNothingOfIt() {
    assertThat(key.toString()).isEqualTo("key " + key.id()).doesNotContain(key.export());
    assertThat(key.id()).hasSize(16);
  }
}
