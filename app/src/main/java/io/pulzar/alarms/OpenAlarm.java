package io.pulzar.alarms;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that a receiver was told and that is not over.
 *
 * @param since when it began
 * @param told when it was told last
 * @param count how often it has happened since it began
 */
record OpenAlarm(Instant since, Instant told, long count) {

  /**
   * Identifies an alarm: what it is about, and who was told. While it is open, that receiver is not
   * told of it again.
   *
   * @param subject the script's key, the schedule's number, or the rule's name
   */
  record Key(AlarmEvent of, String subject, String receiver) {}

  /** Whether it is time to tell it again; never, when {@code every} is nothing. */
  boolean isDueAgain(Duration every, Instant now) {
    return !every.isZero() && !told.plus(every).isAfter(now);
  }

  OpenAlarm counted(long more) {
    return new OpenAlarm(since, told, count + more);
  }

  OpenAlarm toldAt(Instant now) {
    return new OpenAlarm(since, now, count);
  }
}
