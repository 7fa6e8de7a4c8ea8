package io.pulzar.alarms;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Times;
import io.pulzar.settings.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alarms as clients see them. What is absent is null. */
final class AlarmViews {

  private AlarmViews() {}

  /**
   * @param mail whether there is a server that takes mails
   */
  @Serdeable
  record All(List<OfReceiver> receivers, List<OfRule> rules, boolean mail) {}

  /**
   * @param kind {@code webhook} or {@code mail}
   * @param to the addresses, or a webhook's server: what follows in its URL may be a password
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record OfReceiver(
      String name,
      String kind,
      String to,
      List<String> mail,
      @Nullable String body,
      String changed,
      @JsonProperty("changed_by") String changedBy) {

    static OfReceiver of(Receiver receiver) {
      return new OfReceiver(
          receiver.name(),
          receiver.isMail() ? "mail" : "webhook",
          receiver.shown(),
          receiver.addresses(),
          receiver.body().orElse(null),
          Times.utc(receiver.changed()),
          receiver.by());
    }
  }

  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record OfRule(
      String name,
      String scripts,
      List<String> on,
      @Nullable String late,
      @Nullable String waiting,
      @Nullable String every,
      List<String> to,
      String changed,
      @JsonProperty("changed_by") String changedBy) {

    static OfRule of(AlarmRule rule) {
      List<String> on = new ArrayList<>();
      if (rule.failure()) {
        on.add(AlarmEvent.FAILURE.word());
      }
      if (rule.recovery()) {
        on.add(AlarmEvent.RECOVERY.word());
      }
      return new OfRule(
          rule.name(),
          rule.scripts().text(),
          on,
          text(rule.late()),
          text(rule.waiting()),
          text(rule.every()),
          rule.receivers(),
          Times.utc(rule.changed()),
          rule.by());
    }

    private static @Nullable String text(Optional<Duration> duration) {
      return duration.map(DurationText::format).orElse(null);
    }
  }

  /**
   * @param state {@code waiting}, {@code sent}, {@code given_up}
   * @param outcome of the last attempt
   * @param next when it is tried again
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record OfDelivery(
      String id,
      String receiver,
      String to,
      String event,
      String title,
      String script,
      @Nullable Long job,
      @Nullable Long schedule,
      String state,
      int attempts,
      String outcome,
      String created,
      @Nullable String next,
      @Nullable String ended) {

    static OfDelivery of(Delivery delivery) {
      Notice notice = delivery.notice();
      return new OfDelivery(
          delivery.id(),
          delivery.receiver(),
          delivery.to(),
          notice.event().word(),
          NoticeSentences.title(notice),
          notice.script(),
          notice.job().orElse(null),
          notice.schedule().orElse(null),
          delivery.state().name().toLowerCase(Locale.ROOT),
          delivery.attempts(),
          delivery.outcome(),
          Times.utc(delivery.created()),
          delivery.state() == Delivery.State.WAITING ? Times.utc(delivery.next()) : null,
          delivery.ended().map(Times::utc).orElse(null));
    }
  }

  /** A receiver that was set, with a secret that was made for it: it is in no other answer. */
  @Serdeable
  record Made(String name, String secret) {}

  /**
   * How a receiver took a test.
   *
   * @param sent whether all of its addresses did
   */
  @Serdeable
  record Tested(boolean sent, List<Try> attempts) {}

  @Serdeable
  record Try(String to, boolean sent, String outcome) {}
}
