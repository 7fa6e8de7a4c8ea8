package io.pulzar.schedules;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pulzar.schedules.ScheduleStore.Fired;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The feature's metrics. */
record ScheduleMetrics(
    Counter runs, Counter missed, Counter overlapped, DistributionSummary lateness) {

  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 300};

  /** More overdue schedules than this are not counted one by one. */
  private static final int MOST_COUNTED = 10_000;

  static ScheduleMetrics of(MeterRegistry metrics, ScheduleStore store, Clock clock) {
    Gauge.builder("pulzar.schedules.scheduled", store::scheduled)
        .description("Schedules with a due time ahead.")
        .register(metrics);
    Gauge.builder(
            "pulzar.schedules.due",
            () -> store.due(Optional.empty(), clock.instant(), MOST_COUNTED).size())
        .description("Schedules whose due time has come and was not handed over yet.")
        .register(metrics);
    return new ScheduleMetrics(
        Counter.builder("pulzar.schedules.fired")
            .description("Runs handed over at their due time.")
            .register(metrics),
        leftOut(metrics, "misfire"),
        leftOut(metrics, "overlap"),
        DistributionSummary.builder("pulzar.schedules.lateness")
            .baseUnit("seconds")
            .description("From a run's due time to its hand-over.")
            .serviceLevelObjectives(SECONDS)
            .register(metrics));
  }

  private static Counter leftOut(MeterRegistry metrics, String policy) {
    return Counter.builder("pulzar.schedules.left.out")
        .description("Due times without a run of their own, by the policy that decided so.")
        .tag("policy", policy)
        .register(metrics);
  }

  /**
   * @param now when it was on the disk
   */
  void fired(Fired fired, Instant now) {
    runs.increment(fired.dueAt().size());
    missed.increment((double) fired.missed());
    overlapped.increment((double) fired.overlapped());
    fired.dueAt().forEach(due -> lateness.record(Duration.between(due, now).toMillis() / 1e3));
  }
}
