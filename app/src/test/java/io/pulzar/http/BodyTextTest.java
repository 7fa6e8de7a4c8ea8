package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextTest {

  private static final String TEXT = "{\"a\": \"é\"}";

  @Test
  void utf8IsReadWithAndWithoutItsMark() {
    assertThat(BodyText.decode(plain(), utf8(TEXT))).isEqualTo(TEXT);
    assertThat(BodyText.decode(plain(), utf8("\ufeff" + TEXT))).isEqualTo(TEXT);
    assertThat(BodyText.decode(plain(), new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "\"UTF-8\"", "iso-8859-1", "UTF-16", "UTF-16LE", "windows-1252"})
  void aDeclaredCharsetIsHonoured(String charset) {
    byte[] body = TEXT.getBytes(Charset.forName(charset.replace("\"", "")));
    assertThat(BodyText.decode(declared("application/json; charset=" + charset), body))
        .isEqualTo(TEXT);
  }

  @Test
  void theByteThatIsNoneIsNamed() {
    ApiException refusal = refusal(plain(), TEXT.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.getMessage()).contains("byte 8", "0xE9", "UTF-8");
    assertThat(refusal(plain(), new byte[] {'{', '}', (byte) 0xC3}).getMessage())
        .contains("byte 3", "0xC3");
    assertThat(refusal(declared("text/plain; charset=us-ascii"), utf8("é")).status())
        .isEqualTo(400);
  }

  @Test
  void anotherEncodingIsNamed() {
    assertThat(refusal(plain(), new byte[] {0x1f, (byte) 0x8b, 8}).getMessage()).contains("gzip");
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
      ApiException refusal = refusal(plain(), "{}".getBytes(charset));
      assertThat(refusal.status()).isEqualTo(415);
      assertThat(refusal.getMessage()).contains("UTF-16");
    }
  }

  @ParameterizedTest
  @CsvSource({"klingon", "''", "utf 8", "a&b"})
  void anUnknownCharsetIsNotTaken(String charset) {
    assertThat(refusal(declared("text/plain; charset=\"" + charset + "\""), utf8("{}")).status())
        .isEqualTo(415);
  }

  @Test
  void aCompressedBodyIsNotTaken() {
    for (String coding : new String[] {"gzip", "br", "deflate", "x"}) {
      HttpRequest<?> request = plain().header(HttpHeaders.CONTENT_ENCODING, coding);
      assertThat(refusal(request, utf8("{}")).status()).isEqualTo(415);
    }
    assertThat(
            BodyText.decode(plain().header(HttpHeaders.CONTENT_ENCODING, "identity"), utf8("{}")))
        .isEqualTo("{}");
  }

  private static ApiException refusal(HttpRequest<?> request, byte[] body) {
    return catchThrowableOfType(ApiException.class, () -> BodyText.decode(request, body));
  }

  private static MutableHttpRequest<?> plain() {
    return HttpRequest.POST("/x", "");
  }

  private static MutableHttpRequest<?> declared(String type) {
    return plain().header(HttpHeaders.CONTENT_TYPE, type);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
