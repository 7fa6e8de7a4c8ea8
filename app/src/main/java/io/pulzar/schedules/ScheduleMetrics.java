package io.pulzar.schedules;

import io.pulzar.health.Metrics;
import io.pulzar.health.Metrics.Counter;
import io.pulzar.health.Metrics.Histogram;
import io.pulzar.schedules.ScheduleStore.Fired;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The feature's metrics. */
record ScheduleMetrics(Counter runs, Counter missed, Counter overlapped, Histogram lateness) {

  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 300};

  /** More overdue schedules than this are not counted one by one. */
  private static final int MOST_COUNTED = 10_000;

  static ScheduleMetrics of(Metrics metrics, ScheduleStore store, Clock clock) {
    metrics.gauge(
        "pulzar_schedules_scheduled", "Schedules with a due time ahead.", store::scheduled);
    metrics.gauge(
        "pulzar_schedules_due",
        "Schedules whose due time has come and was not handed over yet.",
        () -> store.due(Optional.empty(), clock.instant(), MOST_COUNTED).size());
    String leftOut = "pulzar_schedules_left_out_total";
    String leftOutHelp = "Due times without a run of their own, by the policy that decided so.";
    return new ScheduleMetrics(
        metrics.counter("pulzar_schedules_fired_total", "Runs handed over at their due time."),
        metrics.counter(leftOut, leftOutHelp, "policy", "misfire"),
        metrics.counter(leftOut, leftOutHelp, "policy", "overlap"),
        metrics.histogram(
            "pulzar_schedules_lateness_seconds",
            "From a run's due time to its hand-over.",
            SECONDS));
  }

  /**
   * @param now when it was on the disk
   */
  void fired(Fired fired, Instant now) {
    runs.add(fired.dueAt().size());
    missed.add(fired.missed());
    overlapped.add(fired.overlapped());
    fired.dueAt().forEach(due -> lateness.record(Duration.between(due, now).toMillis() / 1e3));
  }
}
