package io.pulzar.alarms;

import io.pulzar.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator can choose about alarms. */
public final class AlarmSettingList {

  static final Setting<Integer> RECEIVERS =
      Setting.whole(
          "pulzar.alarms.receivers", 100, 1, 10_000, "How many receivers of alarms there may be.");
  static final Setting<Integer> RULES =
      Setting.whole(
          "pulzar.alarms.rules",
          100,
          1,
          10_000,
          "How many rules there may be that say who is told of what.");
  static final Setting<Integer> ADDRESSES =
      Setting.whole(
          "pulzar.alarms.addresses",
          20,
          1,
          1_000,
          "How many addresses a receiver may have; each gets a mail of its own.");
  static final Setting<Duration> EVERY =
      Setting.duration(
          "pulzar.alarms.every",
          "0s",
          "After how long a receiver is told again of what goes on, unless a rule says otherwise;"
              + " 0s: not before it was over in between.");
  static final Setting<Duration> CHECK =
      Setting.duration(
          "pulzar.alarms.check",
          "30s",
          "How often the server looks for late schedules and for runs that wait.");
  static final Setting<Integer> LOOKED_AT =
      Setting.whole(
          "pulzar.alarms.looked-at",
          10_000,
          1,
          1_000_000,
          "How many waiting runs one such look goes through, those that have waited longest.");
  static final Setting<Duration> PATIENCE =
      Setting.duration(
          "pulzar.alarms.patience",
          "10s",
          "How long a receiver has to answer; a mail server each time that it is to say something.");
  static final Setting<Duration> PAUSE =
      Setting.duration(
          "pulzar.alarms.pause",
          "5s",
          "The pause before a notice is sent again that was not taken; it doubles with each further"
              + " one.");
  static final Setting<Duration> LONGEST_PAUSE =
      Setting.duration("pulzar.alarms.longest-pause", "30m", "Where the doubling stops.");
  static final Setting<Duration> GIVE_UP =
      Setting.duration(
          "pulzar.alarms.give-up", "24h", "How long a notice is tried before it is given up.");
  static final Setting<Integer> PARALLEL =
      Setting.whole(
          "pulzar.alarms.parallel", 8, 1, 1_000, "How many notices are sent at the same time.");
  static final Setting<Integer> QUEUE =
      Setting.whole(
          "pulzar.alarms.queue",
          10_000,
          1,
          1_000_000,
          "How many notices may wait to be sent; more are given up at once.");
  static final Setting<Integer> LOG =
      Setting.whole(
          "pulzar.alarms.log",
          1_000,
          0,
          1_000_000,
          "How many notices that were sent or given up are remembered; the oldest go first.");
  static final Setting<Long> ERROR =
      Setting.size(
          "pulzar.alarms.error", "4KB", "How much of a run's error a notice has: its beginning.");
  static final Setting<Long> ANSWER =
      Setting.size(
          "pulzar.alarms.answer",
          "1KB",
          "How much of a receiver's answer is read and remembered; the rest is not taken.");
  static final Setting<Long> TEMPLATE =
      Setting.size("pulzar.alarms.template", "16KB", "The longest template of a webhook's body.");
  static final Setting<Optional<String>> URL =
      Setting.optionalText(
          "pulzar.alarms.url",
          "How people reach the page, for links in notices, as https://pulzar.example; by default"
              + " the server's own host and port.");
  static final Setting<String> SUBJECT =
      Setting.text(
          "pulzar.alarms.subject",
          "[Pulzar] {title}",
          "A template of the subject of mails; docs/alarms.md has the names that may stand in"
              + " braces.");
  static final Setting<String> TEXT =
      Setting.text(
          "pulzar.alarms.text",
          "{title}\\n\\n{details}\\n{link}\\n",
          "A template of the text of mails, and of `text` in webhooks; \\n ends a line.");

  public static final List<Setting<?>> ALL =
      Stream.concat(
              Stream.<Setting<?>>of(
                  RECEIVERS,
                  RULES,
                  ADDRESSES,
                  EVERY,
                  CHECK,
                  LOOKED_AT,
                  PATIENCE,
                  PAUSE,
                  LONGEST_PAUSE,
                  GIVE_UP,
                  PARALLEL,
                  QUEUE,
                  LOG,
                  ERROR,
                  ANSWER,
                  TEMPLATE,
                  URL,
                  SUBJECT,
                  TEXT),
              SmtpSettings.ALL.stream())
          .toList();

  private AlarmSettingList() {}
}
