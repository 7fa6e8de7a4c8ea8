package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RunEnvironment;
import io.pulzar.polyglot.RunListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretMaskTest {

  private static final String PASSWORD = "it's \"äöü\" a\\b/c+d&e";

  private static SecretMask mask(String... secrets) {
    Map<String, String> named = new HashMap<>();
    for (String secret : secrets) {
      named.put("S" + named.size(), secret);
    }
    return SecretMask.of(new RunEnvironment(named, Map.of("V", "public"), List.of("concealed")));
  }

  @Test
  void aSecretIsMaskedWhereverItStandsAndNothingElse() {
    SecretMask mask = mask("hunter22", "hunter2244");
    assertThat(mask.text("a hunter22 b hunter2244c hunter2 public"))
        .isEqualTo("a *** b ***c hunter2 public");
    assertThat(mask.text("concealedhunter22")).isEqualTo("******");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's \"äöü\" a\\b/c+d&e",
        "it's \\\"äöü\\\" a\\\\b/c+d&e",
        "it's \\\"\\u00e4\\u00f6\\u00fc\\\" a\\\\b/c+d&e",
        "it's \"äöü\" a\\\\b/c+d&e",
        "it%27s%20%22%C3%A4%C3%B6%C3%BC%22%20a%5Cb%2Fc%2Bd%26e",
        "it%27s+%22%C3%A4%C3%B6%C3%BC%22+a%5Cb%2Fc%2Bd%26e",
        "it%27s%20%22%C3%A4%C3%B6%C3%BC%22%20a%5Cb/c%2Bd%26e"
      })
  void formsInWhichProgramsWriteAreKnown(String form) {
    assertThat(mask(PASSWORD).text("<" + form + ">")).isEqualTo("<***>");
  }

  /** The first and last letters depend on the neighbours and tell a part of one byte only. */
  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:"})
  void base64IsKnownWhateverStandsBeforeIt(String before) {
    byte[] both = (before + PASSWORD + "!").getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String masked = mask(PASSWORD).text(encoder.encodeToString(both));
      assertThat(masked).contains("***").hasSizeLessThan(3 + 8 + before.length() * 2);
    }
  }

  @Test
  void eachLineOfASecretIsMasked() {
    SecretMask mask = mask("-----BEGIN KEY-----\r\nQUJDRA==\r\nx\r\n-----END KEY-----\n");
    assertThat(mask.text("key: QUJDRA==\nx\n")).isEqualTo("key: ***\nx\n");
  }

  @Test
  void whatIsTooShortToBeASecretStays() {
    assertThat(mask("abc").text("abc")).isEqualTo("abc");
    assertThat(SecretMask.of(new RunEnvironment(Map.of("S", "abc"), Map.of(), List.of())).isEmpty())
        .isTrue();
    assertThat(mask("äö").text("äö")).isEqualTo("***");
  }

  @Test
  void aDocumentStaysOne() {
    SecretMask mask = mask("12345", "true", "result", "a\"b\nc");
    assertThat(
            mask.json(
                "{\"ok\":true,\"result\":{\"n\":12345,\"m\":123.5,\"12345\":[\"x12345\",null],"
                    + "\"t\":\"a\\\"b\\nc\",\"true\":\"result\"}}"))
        .isEqualTo(
            "{\"ok\":true,\"result\":{\"n\":\"***\",\"m\":123.5,\"***\":[\"x***\",null],"
                + "\"t\":\"***\",\"***\":\"***\"}}");
  }

  /** A worker that was taken over may send anything. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\"\\", "\"\\u12", "{\"a\": \"\\uzzzz\"}", "[1,,", "hunter22"})
  void whatIsNoDocumentDoesNoHarm(String text) {
    assertThat(mask("hunter22").json(text)).isNotNull();
  }

  @Test
  void theBodyOfAnAnswerIsMaskedInsideOfItsBase64() {
    String body =
        Base64.getEncoder().encodeToString("a hunter22 b".getBytes(StandardCharsets.UTF_8));
    String answer = "{\"answer\":{\"status\":200,\"base64\":\"" + body + "\"}}";
    String masked = Base64.getEncoder().encodeToString("a *** b".getBytes(StandardCharsets.UTF_8));
    assertThat(mask("hunter22").json(answer)).contains("\"base64\":\"" + masked + "\"");
  }

  @Test
  void everyOutcomeIsMasked() {
    SecretMask mask = mask("hunter22");
    assertThat(mask.outcome(new Outcome.Raised("Hunter22", "for hunter22", "in hunter22\n")))
        .isEqualTo(new Outcome.Raised("Hunter22", "for ***", "in ***\n"));
    assertThat(mask.outcome(new Outcome.Crashed("hunter22"))).isEqualTo(new Outcome.Crashed("***"));
    assertThat(mask.outcome(new Outcome.Canceled())).isEqualTo(new Outcome.Canceled());
  }

  @Test
  void aSecretInALineThatAWorkerBrokeIsFound() {
    List<String> heard = new ArrayList<>();
    MaskedListener listener = listener(heard);
    String filler = "x".repeat(MaskedListener.LONG_LINE);
    listener.log(filler + "hunt\n");
    listener.log("er22 and more\n");
    listener.end();
    assertThat(String.join("", heard)).isEqualTo(filler + "\n*** and more\n");
    assertThat(heard).allMatch(lines -> lines.endsWith("\n"));
  }

  @Test
  void whatWaitedForTheRestIsHeardAtTheEnd() {
    List<String> heard = new ArrayList<>();
    MaskedListener listener = listener(heard);
    String filler = "x".repeat(MaskedListener.LONG_LINE);
    listener.log(filler + "hunt\n");
    listener.end();
    listener.end();
    assertThat(String.join("", heard)).isEqualTo(filler + "\nhunt\n");
  }

  @Test
  void anOrdinaryLineDoesNotWait() {
    List<String> heard = new ArrayList<>();
    MaskedListener listener = listener(heard);
    listener.log("all is well hunt\n");
    listener.output("hunter22");
    assertThat(heard).containsExactly("all is well hunt\n", "***");
  }

  private static MaskedListener listener(List<String> heard) {
    return new MaskedListener(
        new RunListener() {
          @Override
          public void log(String lines) {
            heard.add(lines);
          }

          @Override
          public void output(String part) {
            heard.add(part);
          }
        },
        mask("hunter22"));
  }

  @Test
  void noTextFormShowsAValue() {
    RunEnvironment environment =
        new RunEnvironment(Map.of("A", "hunter22"), Map.of("B", "public"), List.of("hidden"));
    assertThat(environment.toString())
        .contains("A", "B")
        .doesNotContain("hunter22", "public", "hidden");
    assertThat(JsonText.object(Map.of("A", "\"\\\n"))).isEqualTo("{\"A\":\"\\\"\\\\\\u000a\"}");
  }
}
