package io.pulzar.jobs;

import io.pulzar.jobs.JobState.End;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobState.Pending;
import io.pulzar.jobs.JobState.Running;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it is stored, and the rules by which it changes.
 *
 * <p>A pending job is leased or canceled; a running one ends, or goes back to pending; an ended one
 * never changes again. Each rule answers empty when it does not apply, and then nothing may be
 * written.
 */
record JobRecord(
    long id, Submission submission, Instant created, Attempts attempts, JobState state) {

  static JobRecord accepted(long id, Submission submission, Instant now, long epoch) {
    return new JobRecord(id, submission, now, Attempts.none(epoch), new Pending(now));
  }

  /** The same with another submission. */
  JobRecord with(Submission other) {
    return new JobRecord(id, other, created, attempts, state);
  }

  /** Pending → running, under the number that was handed out. */
  Optional<JobRecord> leased(int attempt, LeaseHolder lessee, Instant now, long epoch) {
    if (!(state instanceof Pending) || attempt <= attempts.number()) {
      return Optional.empty();
    }
    Attempts counted = new Attempts(attempt, attempts.failures(), attempts.losses(), epoch);
    return Optional.of(with(counted, new Running(lessee, now, false, false)));
  }

  /** Running → begun, if {@code attempt} is the one that runs and has not been seen at work. */
  Optional<JobRecord> begun(int attempt) {
    return running(attempt)
        .filter(running -> !running.begun())
        .map(
            running ->
                with(
                    attempts,
                    new Running(running.lessee(), running.started(), true, running.canceling())));
  }

  /** Running → ended, if {@code attempt} is the one that runs. */
  Optional<JobRecord> ended(
      int attempt, End end, Instant now, Optional<String> error, Optional<RunUsage> usage) {
    return running(attempt)
        .map(
            running ->
                with(
                    attempts,
                    new Ended(
                        running.canceling() && end == End.FAILED ? End.CANCELED : end,
                        Optional.of(running.lessee().node()),
                        Optional.of(running.started()),
                        now,
                        error,
                        usage)));
  }

  /** Running → pending: the attempt failed and the script's retries allow another. */
  Optional<JobRecord> retried(int attempt, Instant notBefore, long epoch) {
    return back(attempt, attempts.failures() + 1, attempts.losses(), notBefore, epoch);
  }

  /** Running → pending: the attempt's node was lost. */
  Optional<JobRecord> lost(int attempt, Instant notBefore, long epoch) {
    return back(attempt, attempts.failures(), attempts.losses() + 1, notBefore, epoch);
  }

  /** Running → pending: the node gave it back without fault of anybody. */
  Optional<JobRecord> returned(int attempt, Instant now, long epoch) {
    return back(attempt, attempts.failures(), attempts.losses(), now, epoch);
  }

  /** Pending → canceled, or running → running with the wish recorded. */
  Optional<JobRecord> canceled(Instant now) {
    return switch (state) {
      case Pending waiting ->
          Optional.of(
              with(
                  attempts,
                  new Ended(
                      End.CANCELED,
                      Optional.empty(),
                      Optional.empty(),
                      now,
                      Optional.empty(),
                      Optional.empty())));
      case Running running ->
          Optional.of(
              with(
                  attempts,
                  new Running(running.lessee(), running.started(), running.begun(), true)));
      case Ended over -> Optional.empty();
    };
  }

  /** The running state, if {@code attempt} is the one that runs. */
  Optional<Running> running(int attempt) {
    return state instanceof Running running && attempt == attempts.number()
        ? Optional.of(running)
        : Optional.empty();
  }

  private Optional<JobRecord> back(
      int attempt, int failures, int losses, Instant notBefore, long epoch) {
    return running(attempt)
        .filter(running -> !running.canceling())
        .map(
            running ->
                with(new Attempts(attempt, failures, losses, epoch), new Pending(notBefore)));
  }

  private JobRecord with(Attempts newAttempts, JobState newState) {
    return new JobRecord(id, submission, created, newAttempts, newState);
  }
}
