package io.pulzar.alarms;

import java.time.Instant;
import java.util.Optional;

/**
 * What a receiver is told. Its words are made when it is sent: see {@link NoticeWords}.
 *
 * @param of what it is about: of a recovery, what is over; else its event again
 * @param script the path; of waiting runs, that of the oldest; empty in a test
 * @param job the run
 * @param at when it happened
 * @param since when what it is about began
 * @param count how often it happened since then: failures, or runs that wait
 * @param rule which has the limit that was passed; may be empty
 * @param error why the run failed, with secrets masked; may be empty
 * @param attempts of the run
 */
record Notice(
    AlarmEvent event,
    AlarmEvent of,
    String script,
    Optional<Long> job,
    Optional<Long> schedule,
    Instant at,
    Instant since,
    long count,
    String rule,
    String error,
    Optional<Instant> started,
    Optional<String> node,
    int attempts) {

  /** One that tries a receiver. */
  static Notice test(Instant now) {
    return new Notice(
        AlarmEvent.TEST,
        AlarmEvent.TEST,
        "",
        Optional.empty(),
        Optional.empty(),
        now,
        now,
        0,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** One that has no run, or none of interest. */
  static Notice of(
      AlarmEvent event,
      AlarmEvent of,
      String script,
      Optional<Long> job,
      Optional<Long> schedule,
      Instant at,
      OpenAlarm alarm,
      String rule) {
    return new Notice(
        event,
        of,
        script,
        job,
        schedule,
        at,
        alarm.since(),
        alarm.count(),
        rule,
        "",
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
