package io.pulzar.jobs;

import io.pulzar.health.Metrics;
import io.pulzar.health.Metrics.Counter;

/** The feature's metrics. */
record JobCounters(Counter accepted, Counter completed, Counter failed, Counter canceled) {

  private static final String ENDED = "pulzar_jobs_ended_total";
  private static final String ENDED_HELP = "Jobs that ended, by how.";

  static JobCounters of(Metrics metrics) {
    return new JobCounters(
        metrics.counter("pulzar_jobs_accepted_total", "Jobs accepted."),
        metrics.counter(ENDED, ENDED_HELP, "end", "completed"),
        metrics.counter(ENDED, ENDED_HELP, "end", "failed"),
        metrics.counter(ENDED, ENDED_HELP, "end", "canceled"));
  }

  /** Shows the state of the queue too. */
  static void register(Metrics metrics, Dispatcher dispatcher) {
    metrics.gauge("pulzar_jobs_pending", "Jobs that wait.", () -> dispatcher.counts().pending());
    metrics.gauge(
        "pulzar_jobs_running", "Jobs that nodes hold.", () -> dispatcher.counts().running());
    metrics.gauge(
        "pulzar_slots_free", "Slots that wait for a job.", () -> dispatcher.counts().freeSlots());
  }

  void count(JobRecord job) {
    if (job.state() instanceof JobState.Ended ended) {
      switch (ended.end()) {
        case COMPLETED -> completed.increment();
        case FAILED -> failed.increment();
        case CANCELED -> canceled.increment();
      }
    }
  }
}
