package io.pulzar.jobs;

import io.pulzar.http.Excerpt;

/**
 * A job as lists have it: read one after the other, so that long parameters are never in memory
 * together.
 *
 * @param job with the beginning of its parameters
 * @param parametersCut whether that is not all of them
 */
record ListedJob(JobRecord job, boolean parametersCut) {

  static ListedJob of(JobRecord job, int bytes) {
    Excerpt shown = Excerpt.of(job.submission().shownParameters(), bytes);
    return new ListedJob(
        shown.cut() ? job.with(job.submission().withParameters(shown.text())) : job, shown.cut());
  }

  long id() {
    return job.id();
  }
}
