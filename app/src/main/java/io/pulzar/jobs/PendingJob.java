package io.pulzar.jobs;

import io.pulzar.jobs.JobState.Pending;
import java.time.Instant;
import java.util.Optional;

/** What the queue in memory knows of a job; its parameters stay on the disk. */
record PendingJob(long id, Attempts attempts, PlacementConstraint need, Instant notBefore) {

  static Optional<PendingJob> of(JobRecord job) {
    return job.state() instanceof Pending(Instant notBefore)
        ? Optional.of(
            new PendingJob(
                job.id(), job.attempts(), PlacementConstraint.of(job.submission()), notBefore))
        : Optional.empty();
  }
}
