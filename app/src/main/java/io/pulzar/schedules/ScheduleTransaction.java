package io.pulzar.schedules;

import static io.pulzar.schedules.ScheduleTables.ACTIVE;
import static io.pulzar.schedules.ScheduleTables.BY_END;
import static io.pulzar.schedules.ScheduleTables.COUNTERS;
import static io.pulzar.schedules.ScheduleTables.DUE;
import static io.pulzar.schedules.ScheduleTables.EXECUTIONS;
import static io.pulzar.schedules.ScheduleTables.LAST_ID;
import static io.pulzar.schedules.ScheduleTables.OVER;
import static io.pulzar.schedules.ScheduleTables.SCHEDULES;

import io.pulzar.jobs.JobRuns;
import io.pulzar.jobs.SkippedNumbers;
import io.pulzar.jobs.Submission;
import io.pulzar.schedules.ScheduleTables.DueKey;
import io.pulzar.schedules.ScheduleTables.EndedKey;
import io.pulzar.schedules.ScheduleTables.OverKey;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ValueForm.Present;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes of schedules inside one transaction: keeps the indexes, the runs and their jobs in step,
 * so that all of it is on the disk or nothing.
 */
final class ScheduleTransaction {

  /** Old runs that one new run pushes out at most, after the setting was lowered. */
  private static final int MOST_PUSHED_OUT = 10;

  private final JobRuns.Transaction jobs;
  private final WriteTransaction tx;
  private final int keptRuns;

  /**
   * @param keptRuns how many runs of each schedule are kept
   */
  ScheduleTransaction(JobRuns.Transaction jobs, int keptRuns) {
    this.jobs = jobs;
    this.tx = jobs.tables();
    this.keptRuns = keptRuns;
  }

  Optional<Schedule> find(long id) {
    return tx.get(SCHEDULES, id);
  }

  /** The same, empty too when its record can't be read. */
  Optional<Schedule> findReadable(long id) {
    return tx.getReadable(SCHEDULES, id);
  }

  /** A schedule that can't be read must not be due for ever. */
  void dropDue(long id, Instant now) {
    List<DueKey> due = new ArrayList<>();
    tx.scanKeys(
        DUE,
        Range.all(),
        key -> {
          if (key.schedule() == id) {
            due.add(key);
          }
          return !key.at().isAfter(now);
        });
    due.forEach(key -> tx.delete(DUE, key));
  }

  /** How many schedules can still have a run. */
  long alive() {
    return tx.entries(SCHEDULES) - tx.entries(OVER);
  }

  private void skipNumbers(Duration gone) {
    tx.put(COUNTERS, LAST_ID, SkippedNumbers.after(tx.get(COUNTERS, LAST_ID).orElse(0L), gone));
  }

  Schedule add(JobTemplate work, Plan plan, Instant now) {
    tx.afterRestore("schedules").ifPresent(this::skipNumbers);
    long id = tx.get(COUNTERS, LAST_ID).orElse(0L) + 1;
    tx.put(COUNTERS, LAST_ID, id);
    Schedule schedule = Schedule.create(id, work, plan, now);
    tx.put(SCHEDULES, id, schedule);
    dueKey(schedule).ifPresent(key -> tx.put(DUE, key, Present.YES));
    return schedule;
  }

  /**
   * Stores what a turn made of a schedule, and accepts the jobs that it starts.
   *
   * @param run what each of them submits
   */
  void apply(Schedule before, ScheduleTransition turn, Submission run, Instant now) {
    Schedule after = turn.after();
    if (after.equals(before)) {
      return;
    }
    store(before, after);
    long number = after.counts().runs() - turn.starts().size();
    for (Due due : turn.starts()) {
      number++;
      ScheduledRun.Key key = new ScheduledRun.Key(after.id(), number);
      long job = jobs.accept(run, now);
      tx.put(EXECUTIONS, key, new ScheduledRun(key, job, due.nominal(), now, Optional.empty()));
      tx.put(ACTIVE, job, key);
      pushOut(after.id(), number - keptRuns);
    }
  }

  /** Stores a schedule that was changed without a run. */
  void store(Schedule before, Schedule after) {
    tx.put(SCHEDULES, after.id(), after);
    Optional<DueKey> from = dueKey(before);
    Optional<DueKey> to = dueKey(after);
    if (!from.equals(to)) {
      from.ifPresent(key -> tx.delete(DUE, key));
      to.ifPresent(key -> tx.put(DUE, key, Present.YES));
    }
    if (!before.over()) {
      after.ended().ifPresent(at -> tx.put(OVER, new OverKey(at, after.id()), Present.YES));
    }
  }

  /**
   * Takes note of the end of a run's job.
   *
   * @return its schedule as it was, to be given its next turn; empty when the job has not ended or
   *     its end was noted before
   */
  Optional<Schedule> endRun(long job) {
    Optional<JobRuns.RunEnd> end = jobs.end(job);
    if (end.isEmpty() && jobs.knows(job)) {
      return Optional.empty();
    }
    Optional<ScheduledRun.Key> key = tx.get(ACTIVE, job);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    tx.delete(ACTIVE, job);
    tx.get(EXECUTIONS, key.get())
        .ifPresent(
            run ->
                end.ifPresentOrElse(
                    over -> keep(run.ended(new ScheduledRun.End(result(over), over.at()))),
                    () -> tx.delete(EXECUTIONS, run.key())));
    return find(key.get().schedule());
  }

  /** Forgets an ended run together with its job; files that it stored stay until their time. */
  void forget(ScheduledRun run) {
    remove(run);
    jobs.forget(run.job());
  }

  private void remove(ScheduledRun run) {
    run.end().ifPresent(end -> tx.delete(BY_END, new EndedKey(end.result(), end.at(), run.key())));
    tx.delete(EXECUTIONS, run.key());
  }

  private void keep(ScheduledRun run) {
    tx.put(EXECUTIONS, run.key(), run);
    run.end()
        .ifPresent(
            end -> tx.put(BY_END, new EndedKey(end.result(), end.at(), run.key()), Present.YES));
  }

  private void pushOut(long schedule, long upTo) {
    if (upTo < 1) {
      return;
    }
    List<Entry<ScheduledRun.Key, ScheduledRun>> old =
        tx.page(
            EXECUTIONS,
            Range.from(new ScheduledRun.Key(schedule, 0))
                .upTo(new ScheduledRun.Key(schedule, upTo)),
            MOST_PUSHED_OUT);
    for (Entry<ScheduledRun.Key, ScheduledRun> run : old) {
      if (run.value().end().isPresent()) {
        forget(run.value());
      }
    }
  }

  private static Optional<DueKey> dueKey(Schedule schedule) {
    return schedule.next().map(due -> new DueKey(due.at(), schedule.id()));
  }

  private static ScheduledRun.Result result(JobRuns.RunEnd end) {
    return switch (end.word()) {
      case COMPLETED -> ScheduledRun.Result.OK;
      case FAILED -> ScheduledRun.Result.FAILED;
      case CANCELED -> ScheduledRun.Result.CANCELED;
    };
  }
}
