package io.pulzar.jobs;

import io.pulzar.jobs.JobState.Pending;
import java.time.Instant;
import java.util.Optional;

/**
 * What the queue in memory knows of a job; its parameters stay on the disk.
 *
 * @param data the key of the value that it works on
 */
record PendingJob(
    long id,
    Attempts attempts,
    PlacementConstraint need,
    Optional<String> data,
    Instant notBefore) {

  static Optional<PendingJob> of(JobRecord job) {
    return job.state() instanceof Pending(Instant notBefore)
        ? Optional.of(
            new PendingJob(
                job.id(),
                job.attempts(),
                PlacementConstraint.of(job.submission()),
                job.submission().data(),
                notBefore))
        : Optional.empty();
  }
}
