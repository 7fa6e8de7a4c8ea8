package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.http.BrowserRules.Visit;
import io.pulzar.settings.BadSettingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserRulesTest {

  private static final String CORS = "pulzar.server.cors";
  private static final String HOSTS = "pulzar.server.hosts";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:31414",
        "LOCALHOST:31414",
        "localhost.:31414",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.8.8.8",
        "[::1]",
        "[::1]:31414"
      })
  void everyNameOfThisMachineIsLetIn(String host) {
    assertThat(rules("127.0.0.1").refusal(visit(host, null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:31414",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.5:31414",
        "2130706433",
        "[2001:db8::1]:31414",
        "localhost:31414@evil.example",
        "",
        "a:b:c"
      })
  void anyOtherNameIsRefusedOnLoopback(String host) {
    ApiException refusal = rules("127.0.0.1").refusal(visit(host, null)).orElseThrow();
    assertThat(refusal.status()).isEqualTo(421);
    assertThat(refusal.getMessage()).contains(HOSTS);
  }

  @Test
  void aNameIsAddedBySettings() {
    BrowserRules rules =
        rules("127.0.0.1", HOSTS, "pulzar.lan, ci.example", "pulzar.server.hostname", "box");
    assertThat(rules.refusal(visit("pulzar.lan", null))).isEmpty();
    assertThat(rules.refusal(visit("CI.example:443", null))).isEmpty();
    assertThat(rules.refusal(visit("box:31414", null))).isEmpty();
    assertThat(rules.refusal(visit("evil.example", null))).isPresent();
    assertThat(rules("127.0.0.1", HOSTS, "*").refusal(visit("evil.example", null))).isEmpty();
  }

  @Test
  void onANetworkNamesCountOnlyWhenTheyAreSet() {
    assertThat(rules("0.0.0.0").refusal(visit("any.example", null))).isEmpty();
    BrowserRules named = rules("0.0.0.0", HOSTS, "pulzar.lan");
    assertThat(named.refusal(visit("any.example", null))).isPresent();
    assertThat(named.refusal(visit("10.0.0.5:31414", null))).isEmpty();
    assertThat(named.refusal(visit("[2001:db8::1]:31414", null))).isEmpty();
  }

  @Test
  void withoutHostAndOriginNothingIsRefused() {
    assertThat(rules("127.0.0.1").refusal(visit(null, null))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "local, http://localhost:8080, true",
    "local, https://localhost, true",
    "local, http://127.0.0.1:3000, true",
    "local, http://[::1]:3000, true",
    "local, http://localhost.evil.example, false",
    "local, http://evil.example, false",
    "local, null, false",
    "local, '', false",
    "True, http://localhost:8080, true",
    "True, http://evil.example, false",
    "False, http://localhost:8080, false",
    "False, http://localhost:31414, true",
    "*, http://evil.example, true",
    "*, null, true",
    "null, null, true",
    "'http://a.example, https://b.example:8443', http://a.example, true",
    "'http://a.example, https://b.example:8443', http://A.example:80, true",
    "'http://a.example, https://b.example:8443', https://b.example:8443, true",
    "'http://a.example, https://b.example:8443', https://b.example, false",
    "'http://a.example, https://b.example:8443', http://a.example.evil, false",
    "'http://a.example, https://b.example:8443', http://localhost:8080, false",
    "'local, http://a.example', http://localhost:8080, true"
  })
  void anOriginIsLetInAsTheSettingSays(String cors, String origin, boolean letIn) {
    BrowserRules rules = rules("127.0.0.1", CORS, cors);
    assertThat(rules.refusal(visit("localhost:31414", origin)).isEmpty()).isEqualTo(letIn);
    assertThat(rules.allowedOrigin(origin, "localhost:31414").isPresent()).isEqualTo(letIn);
  }

  @ParameterizedTest
  @CsvSource({
    "pulzar.lan:31414, http://pulzar.lan:31414, true",
    "pulzar.lan:31415, http://pulzar.lan:31414, true",
    "pulzar.lan:31414, http://pulzar.lan:8080, false",
    "pulzar.lan:31414, http://other.lan:31414, false",
    "pulzar.example, https://pulzar.example, true",
    "[2001:db8::1]:31414, http://[2001:db8::1]:31414, true"
  })
  void pagesOfOurOwnAreLetIn(String host, String origin, boolean letIn) {
    assertThat(rules("0.0.0.0").refusal(visit(host, origin)).isEmpty()).isEqualTo(letIn);
  }

  @Test
  void anotherSiteMayOpenThePageAndNothingElse() {
    BrowserRules rules = rules("127.0.0.1");
    assertThat(rules.refusal(crossSite("GET", "/", "navigate"))).isEmpty();
    assertThat(rules.refusal(crossSite("GET", "/docs", "navigate"))).isEmpty();
    assertThat(rules.refusal(crossSite("GET", "/extension/x", "navigate"))).isPresent();
    assertThat(rules.refusal(crossSite("POST", "/", "navigate"))).isPresent();
    ApiException refusal = rules.refusal(crossSite("GET", "/", "no-cors")).orElseThrow();
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.getMessage()).contains(CORS);
    assertThat(rules("127.0.0.1", CORS, "*").refusal(crossSite("GET", "/x", "no-cors"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ui.example", "http://ui.example/", "http://", "https://a b", "yes"})
  void whatIsNoOriginEndsTheStart(String cors) {
    assertThatThrownBy(() -> rules("127.0.0.1", CORS, cors))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(CORS);
  }

  @Test
  void theOriginalsTrueIsExplained(@TempDir Path home) {
    assertThat(BrowserRules.remark(TestServer.settings(home, Map.of(CORS, "True"))).orElseThrow())
        .contains("*");
    assertThat(BrowserRules.remark(TestServer.settings(home, Map.of()))).isEmpty();
  }

  private static Visit visit(@Nullable String host, @Nullable String origin) {
    return new Visit(host, origin, null, null, "POST", "/launch_job/x");
  }

  private static Visit crossSite(String method, String path, String mode) {
    return new Visit("localhost:31414", null, "cross-site", mode, method, path);
  }

  private static BrowserRules rules(String listening, String... settings) {
    Map<String, String> chosen = new HashMap<>();
    chosen.put("pulzar.server.port", "31414");
    chosen.put("pulzar.volume.port", "31415");
    for (int at = 0; at < settings.length; at += 2) {
      chosen.put(settings[at], settings[at + 1]);
    }
    return BrowserRules.of(TestServer.settings(Path.of("/nowhere"), chosen), listening);
  }
}
