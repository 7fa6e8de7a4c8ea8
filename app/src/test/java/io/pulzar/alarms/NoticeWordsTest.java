package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.JsonMapper;
import io.pulzar.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoticeWordsTest {

  private static final Instant AT = Instant.parse("2026-11-28T08:00:00Z");

  @TempDir private Path home;

  private NoticeWords words(String... chosen) {
    return new NoticeWords(AlarmSettings.of(TestServer.settings(home, pairs(chosen))));
  }

  private static Map<String, String> pairs(String... chosen) {
    return chosen.length == 0 ? Map.of() : Map.of(chosen[0], chosen[1]);
  }

  private static Notice failure(String error) {
    return new Notice(
        AlarmEvent.FAILURE,
        AlarmEvent.FAILURE,
        "finance/report",
        Optional.of(7L),
        Optional.empty(),
        AT,
        AT,
        1,
        "",
        error,
        Optional.of(AT.minusSeconds(65)),
        Optional.of("one"),
        2);
  }

  @Test
  void aMailSaysWhatFailedWhereAndWhy() {
    NoticeWords words = words("pulzar.alarms.url", "https://pulzar.example/");
    assertThat(words.subject(failure("x"), "ops")).isEqualTo("[Pulzar] finance/report failed");
    assertThat(words.text(failure("ValueError: no money"), "ops"))
        .isEqualTo(
            """
            finance/report failed

            Run 7 failed at 2026-11-28 08:00:00+00:00, after 1m 5s, on one, at attempt 2.

            ValueError: no money

            https://pulzar.example/#/runs/7
            """);
  }

  @Test
  void aSubjectIsOneLineWhateverTheErrorIs() {
    NoticeWords words = words("pulzar.alarms.subject", "{error}");
    assertThat(words.subject(failure("a\r\nBcc: all@example.org\u0000" + "x".repeat(300)), "ops"))
        .startsWith("a Bcc: all@example.org x")
        .doesNotContain("\r", "\n")
        .hasSize(200);
  }

  @Test
  void aTemplateSaysEachValue() {
    NoticeWords words =
        words(
            "pulzar.alarms.text",
            "{event} {of} {receiver} {script} {job} {schedule}|{state} {error} {at} {since} {started}"
                + " {duration} {node} {attempts} {count} {rule}{ x }{}\\nend");
    assertThat(words.text(failure("e"), "ops"))
        .isEqualTo(
            "failure failure ops finance/report 7 |failed e 2026-11-28 08:00:00+00:00"
                + " 2026-11-28 08:00:00+00:00 2026-11-28 07:58:55+00:00 1m 5s one 2 1 { x }{}\nend");
  }

  @Test
  void aTemplateWithAnotherNameIsRefusedWithTheNamesThatThereAre() {
    assertThatThrownBy(() -> words("pulzar.alarms.text", "{scrpt}"))
        .hasMessageContaining("pulzar.alarms.text")
        .hasMessageContaining("there is no {scrpt}")
        .hasMessageContaining("schedule, script");
  }

  @Test
  void aBodyOfOnesOwnIsJsonWhateverIsInIt() {
    WebhookBody bodies = new WebhookBody(words(), JsonMapper.createDefault());
    String template = "{\"content\": \"**{title}**\\n{error}\", \"tags\": {\"n\": {attempts}}}";
    bodies.check(template, Notice.test(AT));
    assertThat(
            new String(
                bodies.of(failure("a \"quote\"\n$1 \\ {job}"), "ops", Optional.of(template)),
                StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"content\": \"**finance/report failed**\\n"
                + "a \\\"quote\\\"\\n$1 \\\\ {job}\", \"tags\": {\"n\": 2}}");
    for (String wrong : new String[] {"{title}", "{\"a\": {title}}", "{\"a\": \"{titel}\"}", "{"}) {
      assertThatThrownBy(() -> bodies.check(wrong, Notice.test(AT)))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "59, 59s",
    "60, 1m",
    "185, 3m 5s",
    "3600, 1h",
    "94200, 26h 10m",
    "259200, 3d",
    "266400, 3d 2h",
    "-5, 0s"
  })
  void timesAreWrittenWithTwoUnitsAtMost(long seconds, String text) {
    assertThat(NoticeSentences.between(AT, AT.plus(Duration.ofSeconds(seconds)))).isEqualTo(text);
  }
}
