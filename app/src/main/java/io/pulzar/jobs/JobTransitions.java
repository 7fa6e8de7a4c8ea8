package io.pulzar.jobs;

import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.Finish;
import io.pulzar.jobs.JobState.End;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What a report means for a job: one of {@link JobRecord}'s rules, chosen by the retry rules. */
final class JobTransitions {

  /** A change of a job; empty: it does not apply. */
  interface Rule extends Function<JobRecord, Optional<JobRecord>> {}

  private final DispatchRules rules;
  private final long epoch;

  JobTransitions(DispatchRules rules, long epoch) {
    this.rules = rules;
    this.epoch = epoch;
  }

  /** Records the start of an attempt; does not apply when it is recorded already. */
  Rule started(AttemptId attempt, LeaseHolder lessee, Instant started) {
    return job -> job.leased(attempt.attempt(), lessee, started, epoch);
  }

  /** Records the start where that is missing, then applies {@code next}. */
  Rule startedThen(AttemptId attempt, LeaseHolder lessee, Instant started, Rule next) {
    Rule start = started(attempt, lessee, started);
    return job -> start.apply(job).or(() -> Optional.of(job)).flatMap(next);
  }

  /**
   * The end that a node reported.
   *
   * @param retries failures after which the job is tried again
   */
  Rule finished(Finish finish, int retries, Instant now) {
    int attempt = finish.attempt().attempt();
    return switch (finish.ending()) {
      case COMPLETED -> job -> ended(job, finish, End.COMPLETED, Optional.empty(), now);
      case CANCELED -> job -> ended(job, finish, End.CANCELED, Optional.empty(), now);
      case RETURNED ->
          job ->
              job.returned(attempt, now, epoch)
                  .or(() -> ended(job, finish, End.CANCELED, Optional.empty(), now));
      case FAILED ->
          job ->
              retried(job, attempt, retries, now)
                  .or(() -> ended(job, finish, End.FAILED, Optional.of(finish.error()), now));
    };
  }

  /** The lease was not renewed: the node is gone, or cut off. */
  Rule lost(AttemptId attempt, Instant now) {
    int number = attempt.attempt();
    return job ->
        (job.attempts().losses() < rules.mostLosses()
                ? job.lost(number, now, epoch)
                : Optional.<JobRecord>empty())
            .or(
                () ->
                    job.ended(number, End.FAILED, now, Optional.of(lossOf(job)), Optional.empty()));
  }

  private Optional<JobRecord> retried(JobRecord job, int attempt, int retries, Instant now) {
    int failures = job.attempts().failures();
    return failures < retries
        ? job.retried(attempt, now.plus(rules.delayAfter(failures)), epoch)
        : Optional.empty();
  }

  private static Optional<JobRecord> ended(
      JobRecord job, Finish finish, End end, Optional<String> error, Instant now) {
    return job.ended(finish.attempt().attempt(), end, now, error, finish.usage());
  }

  private static String lossOf(JobRecord job) {
    return "the node that ran it was lost, "
        + (job.attempts().losses() + 1)
        + " times; a script that brings its node down is not tried further";
  }
}
