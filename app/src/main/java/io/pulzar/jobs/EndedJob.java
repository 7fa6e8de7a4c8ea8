package io.pulzar.jobs;

import io.pulzar.jobs.JobState.Ended;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that has just ended.
 *
 * @param script its path, without {@code .py}
 * @param schedule the schedule that started it; empty: a request did
 */
public record EndedJob(
    long id, String script, Optional<Long> schedule, JobRuns.Word word, Instant at) {

  static EndedJob of(JobRecord job, Ended ended) {
    return new EndedJob(
        job.id(),
        job.submission().path(),
        job.submission().schedule(),
        JobRuns.word(ended.end()),
        ended.at());
  }
}
