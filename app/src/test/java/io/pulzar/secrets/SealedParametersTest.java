package io.pulzar.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedParametersTest {

  private static final String SENT =
      "{ \"user\":\"jane\", \"password\" : \"hunter\\\"22\", \"pins\":[1234, {\"a\":\"x\\u00e4\"}],"
          + " \"n\":2.50, \"flag\": true }";
  private static final Set<String> SECRET = Set.of("password", "pins", "flag");

  @TempDir private Path directory;
  private SecretsFixture master;
  private SealedParameters parameters;

  @BeforeEach
  void open() {
    master = SecretsFixture.in(directory);
    parameters = master.parameters();
  }

  @AfterEach
  void close() {
    master.close();
  }

  @Test
  void whatIsSecretIsSealedAndTheRestStaysAsItWasWritten() {
    String stored = parameters.seal("a/job", SECRET, SENT);
    assertThat(stored)
        .startsWith("{ \"user\":\"jane\", \"password\" : {\"_pulzar_sealed\":\"1.")
        .contains("\"n\":2.50, \"flag\": {")
        .doesNotContain("hunter", "1234");
    assertThat(SealedParameters.masked(stored))
        .isEqualTo(
            "{ \"user\":\"jane\", \"password\" : \"***\", \"pins\":\"***\", \"n\":2.50,"
                + " \"flag\": \"***\" }");
    SealedParameters.Opened opened = parameters.open("a/job", stored);
    assertThat(opened.parameters()).isEqualTo(SENT);
    assertThat(opened.concealed()).containsExactlyInAnyOrder("hunter\"22", "1234", "xä");
  }

  @Test
  void theSameWishLooksTheSame() {
    assertThat(parameters.seal("a/job", SECRET, SENT))
        .isEqualTo(parameters.seal("a/job", SECRET, SENT))
        .isNotEqualTo(parameters.seal("b/job", SECRET, SENT));
  }

  @Test
  void whatWasSealedForOneScriptOrNameDoesNotOpenForAnother() {
    String stored = parameters.seal("a/job", SECRET, "{\"password\":\"hunter22\"}");
    assertThatThrownBy(() -> parameters.open("b/job", stored)).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> parameters.open("a/job", stored.replace("password", "shown")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("shown")
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void whoMakesUpASealedTextIsRefused() {
    for (String made : List.of("1.AAAA", "999.AAAA", "1." + "A".repeat(60))) {
      assertThatThrownBy(
              () -> parameters.open("job", "{\"x\":{\"_pulzar_sealed\":\"" + made + "\"}}"))
          .as(made)
          .isInstanceOf(ApiException.class);
    }
  }

  @Test
  void withoutSecretOnesNothingIsTouched() {
    assertThat(parameters.seal("a/job", Set.of(), SENT)).isSameAs(SENT);
    assertThat(parameters.seal("a/job", Set.of("other"), SENT)).isEqualTo(SENT);
    assertThat(parameters.seal("a/job", SECRET, "{}")).isEqualTo("{}");
    assertThat(parameters.open("a/job", SENT).parameters()).isSameAs(SENT);
    assertThat(SealedParameters.masked(SENT)).isSameAs(SENT);
  }
}
