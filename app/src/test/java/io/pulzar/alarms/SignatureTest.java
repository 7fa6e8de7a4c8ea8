package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** The example of the libraries of Standard Webhooks. */
  @Test
  void signsAsStandardWebhooksDoes() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    WebhookTarget target = new WebhookTarget(URI.create("https://x.example/"), SECRET);
    assertThat(Signature.of(target.key(), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, body))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aTargetIsReadAsItWasWrittenAndShowsNothingThatIsSecret() {
    WebhookTarget target =
        new WebhookTarget(
            WebhookTarget.url("https://hooks.example:8443/services/T0/B0?token=xyz"),
            WebhookTarget.newSecret());
    assertThat(WebhookTarget.ofText(target.text())).isEqualTo(target);
    assertThat(target.toString()).isEqualTo("https://hooks.example:8443/…");
    assertThat(WebhookTarget.checkSecret(target.secret())).isEqualTo(target.secret());
    assertThat(target.key()).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "ftp://a.example/",
        "file:///etc/passwd",
        "https:///x",
        "http://",
        "//a.example/x",
        "https://user:password@a.example/",
        "https://a.example/#part",
        "https://a b/",
        "mailto:a@b.c"
      })
  void whatIsNoUrlOfAWebhookIsRefused(String text) {
    assertThatThrownBy(() -> WebhookTarget.url(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "new1", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%%", "c2hvcnQ="})
  void whatIsNoSecretIsRefused(String text) {
    assertThatThrownBy(() -> WebhookTarget.checkSecret(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whsec_");
  }
}
