package io.pulzar.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is on the disk about the clock itself.
 *
 * @param seen a moment that the clock has shown; a clock that shows an earlier one was set back
 * @param shift a clock change that schedules are being moved along with
 */
record ClockState(Instant seen, Optional<Shift> shift) {

  /**
   * A clock that was set back, applied schedule by schedule.
   *
   * @param by how far
   * @param last the newest schedule that existed then
   * @param done schedules up to this id were moved already
   */
  record Shift(Duration by, long last, long done) {}
}
