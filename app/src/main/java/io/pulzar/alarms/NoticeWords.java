package io.pulzar.alarms;

import io.pulzar.http.Times;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Says a notice in words, by the templates of the settings. */
final class NoticeWords {

  private static final int LONGEST_SUBJECT = 200;

  private final AlarmSettings settings;

  NoticeWords(AlarmSettings settings) {
    this.settings = settings;
  }

  /** One line, for the subject of a mail. */
  String subject(Notice notice, String receiver) {
    String line =
        settings
            .subject()
            .fill(values(notice, receiver), UnaryOperator.identity())
            .replaceAll("\\p{C}+", " ")
            .strip();
    int characters = Math.min(LONGEST_SUBJECT, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, characters));
  }

  /** Several lines. */
  String text(Notice notice, String receiver) {
    return settings.text().fill(values(notice, receiver), UnaryOperator.identity());
  }

  /** Values of the names in templates. */
  Map<String, String> values(Notice notice, String receiver) {
    Map<String, String> values = new HashMap<>();
    values.put("title", NoticeSentences.title(notice));
    values.put("details", NoticeSentences.details(notice));
    values.put("link", link(notice));
    values.put("event", notice.event().word());
    values.put("of", notice.of().word());
    values.put("receiver", receiver);
    values.put("script", notice.script());
    notice.job().ifPresent(job -> values.put("job", job.toString()));
    notice.schedule().ifPresent(schedule -> values.put("schedule", schedule.toString()));
    values.put("state", state(notice));
    values.put("error", notice.error());
    values.put("at", Times.utc(notice.at()));
    values.put("since", Times.utc(notice.since()));
    notice
        .started()
        .ifPresent(
            started -> {
              values.put("started", Times.utc(started));
              values.put("duration", NoticeSentences.between(started, notice.at()));
            });
    notice.node().ifPresent(node -> values.put("node", node));
    values.put("attempts", Integer.toString(notice.attempts()));
    values.put("count", Long.toString(notice.count()));
    values.put("rule", notice.rule());
    return values;
  }

  /** Where the page shows it. */
  String link(Notice notice) {
    String place = settings.page() + "/#/";
    return notice
        .job()
        .map(job -> place + "runs/" + job)
        .or(() -> notice.schedule().map(schedule -> place + "schedules/" + schedule))
        .orElse(place + "alarms");
  }

  /** How the run is; empty where there is none. */
  static String state(Notice notice) {
    return switch (notice.event()) {
      case FAILURE -> "failed";
      case RECOVERY -> notice.of() == AlarmEvent.FAILURE ? "completed" : "";
      case WAITING -> "pending";
      case LATE, TEST -> "";
    };
  }
}
