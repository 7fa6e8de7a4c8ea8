package io.pulzar.alarms;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the bodies of webhooks. */
final class WebhookBody {

  /**
   * The usual one. What an event has not is null.
   *
   * @param type the word of an {@link AlarmEvent}
   * @param timestamp when it happened, UTC
   */
  @Serdeable
  record Message(String type, String timestamp, String title, String text, Data data) {}

  /**
   * @param of of a recovery, what is over
   * @param count failures since it began, or runs that wait
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Data(
      String receiver,
      String of,
      @Nullable String script,
      @Nullable Long job,
      @Nullable Long schedule,
      @Nullable String state,
      @Nullable String error,
      @Nullable String started,
      String since,
      @Nullable String node,
      @Nullable Integer attempts,
      long count,
      @Nullable String rule,
      String link) {}

  private final NoticeWords words;
  private final JsonMapper json;

  WebhookBody(NoticeWords words, JsonMapper json) {
    this.words = words;
    this.json = json;
  }

  /**
   * The body for a notice.
   *
   * @param template of a receiver that wants another one
   */
  byte[] of(Notice notice, String receiver, Optional<String> template) {
    try {
      return template.isPresent()
          ? filled(Template.parse(template.get()), notice, receiver)
              .getBytes(StandardCharsets.UTF_8)
          : json.writeValueAsBytes(message(notice, receiver));
    } catch (IOException e) {
      throw new UncheckedIOException("a notice can't be written as JSON", e);
    }
  }

  /**
   * Checks a template by filling it.
   *
   * @throws IllegalArgumentException with a sentence, when it is no JSON then
   */
  void check(String template, Notice sample) {
    String body = filled(Template.parse(template), sample, "sample");
    try {
      var _ = json.readValue(body, Argument.OBJECT_ARGUMENT);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "with values in their places it is no JSON; names stand inside of quotes, as"
              + " {\"content\": \"{title}\"}",
          e);
    }
  }

  private String filled(Template template, Notice notice, String receiver) {
    return template.fill(words.values(notice, receiver), this::insideOfQuotes);
  }

  private String insideOfQuotes(String value) {
    try {
      String quoted = json.writeValueAsString(value);
      return quoted.substring(1, quoted.length() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can't be written as JSON", e);
    }
  }

  private Message message(Notice notice, String receiver) {
    return new Message(
        notice.event().word(),
        notice.at().truncatedTo(ChronoUnit.MILLIS).toString(),
        NoticeSentences.title(notice),
        words.text(notice, receiver),
        new Data(
            receiver,
            notice.of().word(),
            unlessEmpty(notice.script()),
            notice.job().orElse(null),
            notice.schedule().orElse(null),
            unlessEmpty(NoticeWords.state(notice)),
            unlessEmpty(notice.error()),
            notice.started().map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null),
            notice.since().truncatedTo(ChronoUnit.MILLIS).toString(),
            notice.node().orElse(null),
            notice.attempts() == 0 ? null : notice.attempts(),
            notice.count(),
            unlessEmpty(notice.rule()),
            words.link(notice)));
  }

  private static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
