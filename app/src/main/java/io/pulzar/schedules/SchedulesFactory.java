package io.pulzar.schedules;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.pulzar.jobs.JobRequests;
import io.pulzar.jobs.JobRuns;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Puts the feature together; everything that it makes is plain Java. */
@Factory
@OnMaster
final class SchedulesFactory {

  private static final Duration RETENTION = Duration.ofSeconds(10);

  @Singleton
  ScheduleSettings settings(Settings settings) {
    return ScheduleSettings.of(settings);
  }

  @Singleton
  ScheduleStore store(JobRuns runs, JobRequests requests, ScheduleSettings settings) {
    return new ScheduleStore(runs, requests, settings);
  }

  @Singleton
  DueRunner firing(ScheduleStore store, JobRuns runs, MeterRegistry metrics, Clock clock) {
    ScheduleMetrics counted = ScheduleMetrics.of(metrics, store, clock);
    return new DueRunner(store, runs, new ClockShifts(runs), counted, clock, System::nanoTime);
  }

  /** Runs as long as the master does, whether somebody asks for it or not. */
  @Context
  @Bean(preDestroy = "close")
  ScheduleTimer timer(DueRunner firing, JobRuns runs, Loops loops) {
    ScheduleTimer timer = new ScheduleTimer(firing, loops.add("schedules", ScheduleTimer.LATE));
    runs.onScheduledEnd(
        job -> {
          firing.ended(job);
          timer.wake();
        });
    timer.start();
    return timer;
  }

  @Context
  @Named("schedule-retention")
  @Bean(preDestroy = "close")
  Rounds retention(JobRuns runs, Clock clock, ScheduleSettings settings, Loops loops) {
    ScheduleRetention retention =
        new ScheduleRetention(runs, clock, settings.age(), settings.keptOver());
    return Rounds.start(loops, "schedule-history", RETENTION, retention::run);
  }

  @Singleton
  Schedules schedules(
      ScheduleStore store,
      JobRuns runs,
      ScheduleSettings settings,
      Clock clock,
      ScheduleTimer timer) {
    return new Schedules(store, runs, new PlanReader(settings.defaults()), clock, timer::wake);
  }

  @Singleton
  ScheduleHistory history(ScheduleStore store, JobRuns runs) {
    return new ScheduleHistory(store, runs);
  }
}
