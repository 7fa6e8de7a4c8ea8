package io.pulzar.schedules;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a schedule. What it wrote is kept with the job that ran it.
 *
 * @param key the schedule, and the run's number there
 * @param job the job that runs it
 * @param due the due time that it is for
 * @param started when it was handed over
 * @param end how and when it ended; empty until then
 */
record ScheduledRun(Key key, long job, Instant due, Instant started, Optional<End> end) {

  /** Runs of one schedule count from 1. */
  record Key(long schedule, long number) {}

  record End(Result result, Instant at) {}

  /** How a run ended. */
  enum Result {
    OK,
    FAILED,
    CANCELED
  }

  ScheduledRun ended(End newEnd) {
    return new ScheduledRun(key, job, due, started, Optional.of(newEnd));
  }
}
