package io.pulzar.schedules;

import io.micronaut.json.tree.JsonNode;
import io.pulzar.http.Excerpt;
import io.pulzar.jobs.JobRuns;
import io.pulzar.jobs.JobSchedules;
import io.pulzar.schedules.Schedule.State;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What clients can do with schedules. Every wish may be sent again: a schedule that is paused
 * already is paused.
 *
 * <p>Threading: safe for any thread; stages complete on the storage's thread.
 */
final class Schedules implements JobSchedules {

  private static final int PREVIEWED = 5;

  private final ScheduleStore store;
  private final JobRuns runs;
  private final PlanReader plans;
  private final Clock clock;
  private final Runnable changed;

  /**
   * @param changed tells the timer that something may be due earlier
   */
  Schedules(ScheduleStore store, JobRuns runs, PlanReader plans, Clock clock, Runnable changed) {
    this.store = store;
    this.runs = runs;
    this.plans = plans;
    this.clock = clock;
    this.changed = changed;
  }

  @Override
  public CompletionStage<Long> schedule(
      String path,
      String parameters,
      Optional<String> data,
      JsonNode scheduled,
      Optional<String> idempotencyKey) {
    idempotencyKey.ifPresent(runs::checkKey);
    Instant now = now();
    // Looked up before the plan is read: a launch that is sent again may name a moment that passed.
    Optional<Long> first = idempotencyKey.flatMap(key -> runs.firstUse(key, now));
    JobTemplate template = new JobTemplate(path, parameters, data);
    if (first.isPresent()) {
      requireSame(first.get(), template);
      return CompletableFuture.completedStage(first.get());
    }
    Plan plan = plans.read(JsonValues.of(scheduled), now);
    return store
        .add(template, plan, idempotencyKey, now)
        .whenComplete((id, failure) -> changed.run());
  }

  /** A key stands for one wish. When it is to run may be said anew: a moment passes. */
  private void requireSame(long first, JobTemplate again) {
    store
        .find(first)
        .filter(known -> !known.work().equals(again))
        .ifPresent(
            other -> {
              throw ScheduleRefusals.idempotencyKeyReused(first);
            });
  }

  /** The first times at which a schedule like this would run, if it were made now. */
  List<Instant> preview(Map<String, String> scheduled) {
    Instant now = now();
    Plan plan = plans.read(scheduled, now);
    DueTimes times = new DueTimes(0, plan.timing(), plan.policy());
    List<Instant> next = new ArrayList<>();
    Optional<Due> due = times.after(now);
    while (due.isPresent() && next.size() < Math.min(PREVIEWED, plan.runs())) {
      next.add(due.get().nominal());
      due = times.after(due.get().nominal());
    }
    return next;
  }

  @Override
  public List<ScheduleViews.Row> newest(int limit) {
    int bytes = Excerpt.bytes(limit);
    return store.newest(limit, schedule -> ScheduleViews.row(schedule, bytes));
  }

  CompletionStage<Schedule> pause(long id) {
    return change(
        id,
        unlessOver(
            "paused",
            schedule ->
                schedule.state() == State.PAUSED ? schedule : ScheduleTransition.pause(schedule)));
  }

  CompletionStage<Schedule> resume(long id) {
    Instant now = now();
    return change(
        id,
        unlessOver(
            "resumed",
            schedule ->
                schedule.state() == State.SCHEDULED
                    ? schedule
                    : ScheduleTransition.resume(schedule, now)));
  }

  /**
   * Starts one more run at once.
   *
   * @throws io.pulzar.http.ApiException 429 when the queue is full
   */
  CompletionStage<Schedule> runNow(long id) {
    if (runs.room() == 0) {
      throw runs.queueFull();
    }
    Instant now = now();
    return change(
        id,
        schedule -> {
          if (schedule.over()) {
            throw ScheduleRefusals.over(schedule, "run");
          }
          return ScheduleTransition.runNow(schedule, now);
        });
  }

  /** Ends a schedule; of its runs, those whose script has not begun don't start any more. */
  CompletionStage<Schedule> cancel(long id) {
    Instant now = now();
    return change(
            id,
            schedule ->
                new ScheduleTransition(
                    schedule.over() ? schedule : ScheduleTransition.cancel(schedule, now),
                    List.of()))
        .thenCompose(canceled -> cancelWaitingRuns(id).thenApply(all -> canceled));
  }

  private CompletionStage<Boolean> cancelWaitingRuns(long id) {
    return store.runs(id).stream()
        .filter(run -> run.end().isEmpty())
        .map(run -> runs.cancelIfWaiting(run.job()))
        .reduce(
            CompletableFuture.completedStage(true),
            (some, next) -> some.thenCombine(next, (one, other) -> true));
  }

  private CompletionStage<Schedule> change(long id, Function<Schedule, ScheduleTransition> wish) {
    return store.change(id, wish, now()).whenComplete((done, failure) -> changed.run());
  }

  private static Function<Schedule, ScheduleTransition> unlessOver(
      String wish, UnaryOperator<Schedule> change) {
    return schedule -> {
      if (schedule.over()) {
        throw ScheduleRefusals.over(schedule, wish);
      }
      return new ScheduleTransition(change.apply(schedule), List.of());
    };
  }

  /** In whole milliseconds, as due times are stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
