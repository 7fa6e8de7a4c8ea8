package io.pulzar.alarms;

import io.pulzar.http.Times;
import java.time.Duration;
import java.time.Instant;

/** What is said of each event, in English. */
final class NoticeSentences {

  private NoticeSentences() {}

  /** What it is about, in one line. */
  static String title(Notice notice) {
    return switch (notice.event()) {
      case FAILURE ->
          notice.count() > 1
              ? "%s goes on failing, %d times so far".formatted(notice.script(), notice.count())
              : notice.script() + " failed";
      case RECOVERY ->
          switch (notice.of()) {
            case LATE -> notice.script() + " is not late any more";
            case WAITING -> "Runs do not wait too long any more";
            case FAILURE, RECOVERY, TEST -> notice.script() + " works again";
          };
      case LATE ->
          "%s is late: its schedule has not succeeded for %s"
              .formatted(notice.script(), between(notice.since(), notice.at()));
      case WAITING ->
          notice.count() == 1
              ? "A run of %s has waited for %s"
                  .formatted(notice.script(), between(notice.since(), notice.at()))
              : "%d runs wait, one of %s for %s"
                  .formatted(notice.count(), notice.script(), between(notice.since(), notice.at()));
      case TEST -> "A test of alarms";
    };
  }

  /** The facts, in a few lines. */
  static String details(Notice notice) {
    return switch (notice.event()) {
      case FAILURE -> failure(notice);
      case RECOVERY -> recovery(notice);
      case LATE ->
          "Schedule %s has not succeeded since %s, which is longer than the rule %s allows.\n"
              .formatted(
                  notice.schedule().map(String::valueOf).orElse(""),
                  Times.utc(notice.since()),
                  notice.rule());
      case WAITING ->
          "Run %s has waited since %s, which is longer than the rule %s allows.\n"
              .formatted(job(notice), Times.utc(notice.since()), notice.rule());
      case TEST -> "Somebody tried this receiver. Nothing is wrong.\n";
    };
  }

  private static String failure(Notice notice) {
    StringBuilder text = new StringBuilder();
    text.append("Run ").append(job(notice)).append(" failed at ").append(Times.utc(notice.at()));
    notice
        .started()
        .ifPresent(started -> text.append(", after ").append(between(started, notice.at())));
    notice.node().ifPresent(node -> text.append(", on ").append(node));
    if (notice.attempts() > 1) {
      text.append(", at attempt ").append(notice.attempts());
    }
    text.append(".\n");
    if (notice.count() > 1) {
      text.append("It has failed since ").append(Times.utc(notice.since())).append(".\n");
    }
    if (!notice.error().isBlank()) {
      text.append('\n').append(notice.error().strip()).append('\n');
    }
    return text.toString();
  }

  private static String recovery(Notice notice) {
    return notice.of() == AlarmEvent.FAILURE
        ? "Run %s completed at %s. Runs had failed since %s, %d of them.\n"
            .formatted(
                job(notice), Times.utc(notice.at()), Times.utc(notice.since()), notice.count())
        : "It was over at %s, having begun at %s.\n"
            .formatted(Times.utc(notice.at()), Times.utc(notice.since()));
  }

  private static String job(Notice notice) {
    return notice.job().map(String::valueOf).orElse("");
  }

  /** Two units at most: {@code 42s}, {@code 3m 5s}, {@code 26h 10m}, {@code 3d 2h}. */
  static String between(Instant from, Instant to) {
    Duration time = to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    if (time.toMinutes() == 0) {
      return time.toSeconds() + "s";
    }
    if (time.toHours() == 0) {
      return two(time.toMinutes(), "m", time.toSecondsPart(), "s");
    }
    return time.toDays() < 3
        ? two(time.toHours(), "h", time.toMinutesPart(), "m")
        : two(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String two(long large, String unit, int small, String smaller) {
    return large + unit + (small == 0 ? "" : " " + small + smaller);
  }
}
