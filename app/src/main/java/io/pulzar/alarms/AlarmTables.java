package io.pulzar.alarms;

import io.pulzar.jobs.TablesBesideJobs;
import io.pulzar.roles.OnMaster;
import io.pulzar.storage.FieldReader;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.ValueForm.Present;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** What is on the master's disk about alarms, in the storage of the jobs. */
@OnMaster
@Singleton
final class AlarmTables implements TablesBesideJobs {

  record DueKey(Instant at, long delivery) {}

  /**
   * What is known of a schedule's pauses.
   *
   * @param paused whether it was when somebody looked last
   * @param at when that was seen first
   */
  record Pause(boolean paused, Instant at) {}

  /** Longer ones are known by a hash: a key has no room for them. */
  private static final int LONGEST_SUBJECT_BYTES = 200;

  /** By name. */
  static final Table<String, Receiver> RECEIVERS =
      new Table<>("alarm_receivers", KeyForm.text(), AlarmForms.RECEIVER).withChecksums();

  /** By name. */
  static final Table<String, AlarmRule> RULES =
      new Table<>("alarm_rules", KeyForm.text(), AlarmForms.RULE).withChecksums();

  /** Scripts whose last run failed, and that run, by {@link #subject}. */
  static final Table<String, Long> FAILING =
      new Table<>("alarm_failing", KeyForm.text(), ValueForm.number());

  /** Ends that nobody has looked at, in their order. */
  static final Table<Long, EndNote> ENDS =
      new Table<>("alarm_ends", KeyForm.number(), AlarmForms.END).withChecksums();

  static final Table<OpenAlarm.Key, OpenAlarm> OPEN =
      new Table<>(
              "alarms_open",
              KeyForm.of(
                  (key, out) ->
                      out.small(key.of().number()).text(key.subject()).lastText(key.receiver()),
                  in ->
                      new OpenAlarm.Key(AlarmEvent.numbered(in.small()), in.text(), in.lastText())),
              AlarmForms.OPEN)
          .withChecksums();

  /** When a run of a schedule completed last. */
  static final Table<Long, Instant> SUCCESSES =
      new Table<>(
          "alarm_successes",
          KeyForm.number(),
          ValueForm.fields((moment, out) -> out.moment(moment), FieldReader::moment));

  static final Table<Long, Pause> PAUSES =
      new Table<>(
          "alarm_pauses",
          KeyForm.number(),
          ValueForm.fields(
              (pause, out) -> out.flag(pause.paused()).moment(pause.at()),
              in -> new Pause(in.flag(), in.moment())));

  /** By a number that grows. */
  static final Table<Long, Delivery> DELIVERIES =
      new Table<>("alarm_deliveries", KeyForm.number(), AlarmForms.DELIVERY).withChecksums();

  /** The next attempt of each delivery that waits. */
  static final Table<DueKey, Present> DUE =
      new Table<>(
          "alarm_due",
          KeyForm.of(
              (key, out) -> out.moment(key.at()).number(key.delivery()),
              in -> new DueKey(in.moment(), in.number())),
          ValueForm.present());

  static final Table<String, Long> COUNTERS =
      new Table<>("alarm_counters", KeyForm.text(), ValueForm.number());

  static final String LAST_DELIVERY = "last_delivery";

  private static final List<Table<?, ?>> ALL =
      List.of(RECEIVERS, RULES, FAILING, ENDS, OPEN, SUCCESSES, PAUSES, DELIVERIES, DUE, COUNTERS);

  @Override
  public List<Table<?, ?>> tables() {
    return ALL;
  }

  /** What stands for a script in keys. */
  static String subject(String script) {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_SUBJECT_BYTES) {
      return script;
    }
    try {
      return "#" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
