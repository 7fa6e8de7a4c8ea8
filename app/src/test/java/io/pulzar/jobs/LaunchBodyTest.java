package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchBodyTest {

  private static final JsonMapper JSON = JsonMapper.createDefault();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"a\": [1, {\"b\": null}], \"é\": \"\\ud83d\\ude00\"}\n",
        "{\"n\":1e400}"
      })
  void anObjectIsTakenAsItWasWritten(String text) {
    assertThat(read(text).parameters()).isEqualTo(text.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void nothingMeansNoParameters(String text) {
    assertThat(read(text).parameters()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1,}|line 1, column",
        "{\"a\": tru}|line 1, column",
        "{\"a\": 1|line 1, column",
        "{a: 1}|line 1, column 2",
        "{} {}|something follows",
        "[1]|not an object",
        "7|not an object",
        "{\"a\": 01}|line 1, column"
      })
  void whatIsNoObjectIsRefusedWithItsPlace(String text, String named) {
    assertThat(refusal(text).getMessage()).contains(named).doesNotContain("jackson", "Source");
    assertThat(refusal(text).status()).isEqualTo(400);
  }

  @Test
  void theLineIsCounted() {
    assertThat(refusal("{\n  \"a\": 1,\n  'b': 2\n}").getMessage())
        .contains("line 3, column", "near");
  }

  @Test
  void theDepthIsBoundedAndNamed() {
    for (String open : new String[] {"[", "{\"a\":"}) {
      String close = open.equals("[") ? "]" : "}";
      assertThat(read(nested(open, close, 499)).parameters()).isNotEmpty();
      for (int depth : new int[] {500, 900, 100_000}) {
        assertThat(refusal(nested(open, close, depth)).getMessage()).contains("500 deep");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, a=1&b=2",
    "multipart/form-data; boundary=x, --x--",
    "application/xml, <a/>"
  })
  void aFormIsNotTakenButJsonThatIsCalledOneIs(String type, String body) {
    assertThat(refusal(typed(type), body).status()).isEqualTo(415);
    assertThat(LaunchBody.read(typed(type), bytes("{\"a\": 1}"), JSON).parameters())
        .isEqualTo("{\"a\": 1}");
  }

  @Test
  void bytesThatAreNoTextAreNamed() {
    byte[] latin = "{\"text\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    ApiException refusal =
        catchThrowableOfType(
            ApiException.class, () -> LaunchBody.read(HttpRequest.POST("/", ""), latin, JSON));
    assertThat(refusal.getMessage()).contains("byte 11", "UTF-8");
  }

  private static String nested(String open, String close, int depth) {
    return "{\"a\": " + open.repeat(depth) + "1" + close.repeat(depth) + "}";
  }

  private static LaunchBody read(String text) {
    return LaunchBody.read(HttpRequest.POST("/", ""), bytes(text), JSON);
  }

  private static ApiException refusal(String text) {
    return refusal(HttpRequest.POST("/", ""), text);
  }

  private static ApiException refusal(HttpRequest<?> request, String text) {
    return catchThrowableOfType(
        ApiException.class, () -> LaunchBody.read(request, bytes(text), JSON));
  }

  private static MutableHttpRequest<?> typed(String type) {
    return HttpRequest.POST("/", "").header(HttpHeaders.CONTENT_TYPE, type);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
