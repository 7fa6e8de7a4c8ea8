package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.settings.BadSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlarmSettingsTest {

  @TempDir private Path home;

  @Test
  void pausesGrowUpToTheLongest() {
    AlarmSettings.Retries retries =
        new AlarmSettings.Retries(
            Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofDays(1));
    assertThat(List.of(1, 2, 3, 9, 10, 1_000).stream().map(retries::after).toList())
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1_280),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30));
  }

  @Test
  void withoutAnAddressOfThePageLinksLeadToTheServer() {
    assertThat(of(Map.of("pulzar.server.port", "8080")).page()).isEqualTo("http://127.0.0.1:8080");
    assertThat(of(Map.of("pulzar.server.hostname", "p.example", "pulzar.server.port", "1")).page())
        .isEqualTo("http://p.example:1");
    assertThat(of(Map.of("pulzar.server.host", "0.0.0.0", "pulzar.server.port", "1")).page())
        .matches("http://[^/]+:1")
        .doesNotContain("0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "pulzar.alarms.pause, 0s",
    "pulzar.alarms.longest-pause, 0s",
    "pulzar.alarms.give-up, 0s",
    "pulzar.alarms.check, 0s",
    "pulzar.alarms.patience, 0s",
    "pulzar.alarms.error, 2MB",
    "pulzar.alarms.answer, 0",
    "pulzar.alarms.template, 2MB",
    "pulzar.alarms.url, pulzar.example",
    "pulzar.alarms.url, ftp://pulzar.example",
    "pulzar.alarms.subject, {titel}"
  })
  void whatMakesNoSenseIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> of(Map.of(name, value)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(name);
  }

  private AlarmSettings of(Map<String, String> chosen) {
    return AlarmSettings.of(TestServer.settings(home, chosen));
  }

  @Test
  void noMailServerIsSetByItself() {
    assertThat(SmtpSettings.of(TestServer.settings(home, Map.of()))).isEmpty();
  }

  @Test
  void aMailServerNeedsASenderAndBothOrNeitherOfNameAndPassword() {
    Map<String, String> chosen = new HashMap<>();
    chosen.put("pulzar.alarms.smtp.host", "mail.example");
    assertThatThrownBy(() -> SmtpSettings.of(TestServer.settings(home, chosen)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.alarms.smtp.from is needed");
    chosen.put("pulzar.alarms.smtp.from", "not an address");
    assertThatThrownBy(() -> SmtpSettings.of(TestServer.settings(home, chosen)))
        .hasMessageContaining("is no address");
    chosen.put("pulzar.alarms.smtp.from", "Pulzar <pulzar@example.org>");
    assertThat(SmtpSettings.of(TestServer.settings(home, chosen)).orElseThrow())
        .hasFieldOrPropertyWithValue("port", 587)
        .hasFieldOrPropertyWithValue("security", SmtpSettings.Security.STARTTLS);
    chosen.put("pulzar.alarms.smtp.user", "pulzar");
    assertThatThrownBy(() -> SmtpSettings.of(TestServer.settings(home, chosen)))
        .hasMessageContaining("go together");
  }
}
