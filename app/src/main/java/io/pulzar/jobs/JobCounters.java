package io.pulzar.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToIntFunction;

/** The feature's metrics. */
record JobCounters(Counter accepted, Counter completed, Counter failed, Counter canceled) {

  static JobCounters of(MeterRegistry metrics) {
    return new JobCounters(
        Counter.builder("pulzar.jobs.accepted").description("Jobs accepted.").register(metrics),
        ended(metrics, "completed"),
        ended(metrics, "failed"),
        ended(metrics, "canceled"));
  }

  private static Counter ended(MeterRegistry metrics, String end) {
    return Counter.builder("pulzar.jobs.ended")
        .description("Jobs that ended, by how.")
        .tag("end", end)
        .register(metrics);
  }

  /** Shows the state of the queue too. */
  static void register(MeterRegistry metrics, Dispatcher dispatcher) {
    gauge(metrics, dispatcher, "pulzar.jobs.pending", "Jobs that wait.", DispatchCounts::pending);
    gauge(
        metrics,
        dispatcher,
        "pulzar.jobs.running",
        "Jobs that nodes hold.",
        DispatchCounts::running);
    gauge(
        metrics,
        dispatcher,
        "pulzar.slots.free",
        "Slots that wait for a job.",
        DispatchCounts::freeSlots);
  }

  private static void gauge(
      MeterRegistry metrics,
      Dispatcher dispatcher,
      String name,
      String description,
      ToIntFunction<DispatchCounts> count) {
    Gauge.builder(name, () -> count.applyAsInt(dispatcher.counts()))
        .description(description)
        .register(metrics);
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
