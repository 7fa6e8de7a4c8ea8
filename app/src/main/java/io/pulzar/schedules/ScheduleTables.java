package io.pulzar.schedules;

import io.pulzar.jobs.TablesBesideJobs;
import io.pulzar.roles.OnMaster;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.ValueForm.Present;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** What is on the master's disk about schedules, in the storage of the jobs. */
@OnMaster
@Singleton
final class ScheduleTables implements TablesBesideJobs {

  record DueKey(Instant at, long schedule) {}

  record EndedKey(ScheduledRun.Result result, Instant at, ScheduledRun.Key execution) {}

  record OverKey(Instant at, long schedule) {}

  static final Table<Long, Schedule> SCHEDULES =
      new Table<>("schedules", KeyForm.number(), ScheduleForms.SCHEDULE).withChecksums();

  /** When the next due time of each schedule that has one fires. */
  static final Table<DueKey, Present> DUE =
      new Table<>(
          "schedules_due",
          KeyForm.of(
              (key, out) -> out.moment(key.at()).number(key.schedule()),
              in -> new DueKey(in.moment(), in.number())),
          ValueForm.present());

  /** Canceled and finished schedules, by that time. */
  static final Table<OverKey, Present> OVER =
      new Table<>(
          "schedules_over",
          KeyForm.of(
              (key, out) -> out.moment(key.at()).number(key.schedule()),
              in -> new OverKey(in.moment(), in.number())),
          ValueForm.present());

  static final Table<ScheduledRun.Key, ScheduledRun> EXECUTIONS =
      new Table<>(
              "schedule_runs",
              KeyForm.of(
                  (key, out) -> out.number(key.schedule()).number(key.number()),
                  in -> new ScheduledRun.Key(in.number(), in.number())),
              ScheduleForms.EXECUTION)
          .withChecksums();

  /** Runs that have not ended, by their job. */
  static final Table<Long, ScheduledRun.Key> ACTIVE =
      new Table<>(
          "schedule_runs_active",
          KeyForm.number(),
          ValueForm.fields(
              (key, out) -> out.number(key.schedule()).number(key.number()),
              in -> new ScheduledRun.Key(in.number(), in.number())));

  static final Table<EndedKey, Present> BY_END =
      new Table<>(
          "schedule_runs_by_end",
          KeyForm.of(
              (key, out) ->
                  out.small(ScheduleForms.number(key.result()))
                      .moment(key.at())
                      .number(key.execution().schedule())
                      .number(key.execution().number()),
              in ->
                  new EndedKey(
                      ScheduleForms.result(in.small()),
                      in.moment(),
                      new ScheduledRun.Key(in.number(), in.number()))),
          ValueForm.present());

  static final Table<String, Long> COUNTERS =
      new Table<>("schedule_counters", KeyForm.text(), ValueForm.number());

  static final String LAST_ID = "last_id";

  static final Table<String, ClockState> CLOCK =
      new Table<>("schedule_clock", KeyForm.text(), ScheduleForms.CLOCK);

  static final String THE_CLOCK = "master";

  private static final List<Table<?, ?>> ALL =
      List.of(SCHEDULES, DUE, OVER, EXECUTIONS, ACTIVE, BY_END, COUNTERS, CLOCK);

  @Override
  public List<Table<?, ?>> tables() {
    return ALL;
  }
}
