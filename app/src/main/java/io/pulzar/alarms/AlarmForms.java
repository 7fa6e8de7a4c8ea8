package io.pulzar.alarms;

import io.pulzar.rights.PathPattern;
import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import io.pulzar.storage.ValueForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How alarms are written to the disk. Numbers in it are part of the format. */
final class AlarmForms {

  static final ValueForm<Receiver> RECEIVER =
      ValueForm.fields(
          (receiver, out) -> {
            out.text(receiver.name()).text(receiver.shown());
            texts(receiver.addresses(), out);
            out.optionalText(receiver.body()).moment(receiver.changed()).text(receiver.by());
          },
          in ->
              new Receiver(
                  in.text(), in.text(), texts(in), in.optionalText(), in.moment(), in.text()));

  static final ValueForm<AlarmRule> RULE =
      ValueForm.fields(
          (rule, out) -> {
            out.text(rule.name())
                .text(rule.scripts().text())
                .flag(rule.failure())
                .flag(rule.recovery());
            duration(rule.late(), out);
            duration(rule.waiting(), out);
            duration(rule.every(), out);
            texts(rule.receivers(), out);
            out.moment(rule.changed()).text(rule.by());
          },
          in ->
              new AlarmRule(
                  in.text(),
                  new PathPattern(in.text()),
                  in.flag(),
                  in.flag(),
                  duration(in),
                  duration(in),
                  duration(in),
                  texts(in),
                  in.moment(),
                  in.text()));

  static final ValueForm<EndNote> END =
      ValueForm.fields(
          (end, out) ->
              number(end.schedule(), out.flag(end.failed()).number(end.job()).text(end.script()))
                  .moment(end.at()),
          in -> new EndNote(in.flag(), in.number(), in.text(), number(in), in.moment()));

  static final ValueForm<OpenAlarm> OPEN =
      ValueForm.fields(
          (alarm, out) -> out.moment(alarm.since()).moment(alarm.told()).number(alarm.count()),
          in -> new OpenAlarm(in.moment(), in.moment(), in.number()));

  static final ValueForm<Delivery> DELIVERY =
      ValueForm.fields(
          (delivery, out) -> {
            out.text(delivery.id()).text(delivery.receiver()).text(delivery.to());
            notice(delivery.notice(), out);
            out.moment(delivery.created())
                .number(delivery.state().number())
                .number(delivery.attempts())
                .moment(delivery.next())
                .text(delivery.outcome())
                .optionalMoment(delivery.ended());
          },
          in ->
              new Delivery(
                  in.text(),
                  in.text(),
                  in.text(),
                  notice(in),
                  in.moment(),
                  Delivery.State.numbered((int) in.number()),
                  (int) in.number(),
                  in.moment(),
                  in.text(),
                  in.optionalMoment()));

  private AlarmForms() {}

  private static void notice(Notice notice, FieldWriter out) {
    out.number(notice.event().number()).number(notice.of().number()).text(notice.script());
    number(notice.job(), out);
    number(notice.schedule(), out)
        .moment(notice.at())
        .moment(notice.since())
        .number(notice.count())
        .text(notice.rule())
        .text(notice.error())
        .optionalMoment(notice.started())
        .optionalText(notice.node())
        .number(notice.attempts());
  }

  private static Notice notice(FieldReader in) {
    return new Notice(
        AlarmEvent.numbered((int) in.number()),
        AlarmEvent.numbered((int) in.number()),
        in.text(),
        number(in),
        number(in),
        in.moment(),
        in.moment(),
        in.number(),
        in.text(),
        in.text(),
        in.optionalMoment(),
        in.optionalText(),
        (int) in.number());
  }

  private static FieldWriter number(Optional<Long> number, FieldWriter out) {
    out.flag(number.isPresent());
    number.ifPresent(out::number);
    return out;
  }

  private static Optional<Long> number(FieldReader in) {
    return in.flag() ? Optional.of(in.number()) : Optional.empty();
  }

  private static void duration(Optional<Duration> duration, FieldWriter out) {
    number(duration.map(Duration::toMillis), out);
  }

  private static Optional<Duration> duration(FieldReader in) {
    return number(in).map(Duration::ofMillis);
  }

  private static void texts(List<String> texts, FieldWriter out) {
    out.number(texts.size());
    texts.forEach(out::text);
  }

  private static List<String> texts(FieldReader in) {
    List<String> texts = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      texts.add(in.text());
    }
    return List.copyOf(texts);
  }
}
