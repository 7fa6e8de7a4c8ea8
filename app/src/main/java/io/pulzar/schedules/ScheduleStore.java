package io.pulzar.schedules;

import static io.pulzar.schedules.ScheduleTables.ACTIVE;
import static io.pulzar.schedules.ScheduleTables.BY_END;
import static io.pulzar.schedules.ScheduleTables.DUE;
import static io.pulzar.schedules.ScheduleTables.EXECUTIONS;
import static io.pulzar.schedules.ScheduleTables.SCHEDULES;

import io.pulzar.jobs.JobRequests;
import io.pulzar.jobs.JobRuns;
import io.pulzar.jobs.Submission;
import io.pulzar.schedules.ScheduleTables.DueKey;
import io.pulzar.schedules.ScheduleTables.EndedKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Schedules and their runs on the disk. A turn of a schedule and the jobs that it starts are one
 * transaction; what a turn is, {@link ScheduleTransition} says.
 */
final class ScheduleStore {

  /**
   * What a number of due schedules led to.
   *
   * @param dueAt when each run that was handed over was due
   */
  record Fired(List<Instant> dueAt, long missed, long overlapped) {}

  /** No key holds a later moment. */
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final JobRuns runs;
  private final JobRequests requests;
  private final Database database;
  private final ScheduleSettings settings;

  ScheduleStore(JobRuns runs, JobRequests requests, ScheduleSettings settings) {
    this.runs = runs;
    this.requests = requests;
    this.database = runs.database();
    this.settings = settings;
  }

  /** Stores a new schedule; its id, or that of the first one with the same key. */
  CompletionStage<Long> add(
      JobTemplate work, Plan plan, Optional<String> idempotencyKey, Instant now) {
    return runs.write(
        transaction -> {
          ScheduleTransaction changes = changes(transaction);
          return transaction.once(
              idempotencyKey,
              now,
              () -> {
                if (changes.alive() >= settings.most()) {
                  throw ScheduleRefusals.tooMany(settings.most());
                }
                return changes.add(work, plan, now).id();
              });
        });
  }

  /**
   * Gives a schedule a turn that a client wants.
   *
   * @return the schedule then; fails with 404 when there is none
   */
  CompletionStage<Schedule> change(
      long id, Function<Schedule, ScheduleTransition> wish, Instant now) {
    Submission run = submission(find(id).orElseThrow(() -> ScheduleRefusals.unknown(id)));
    return runs.write(
        transaction -> {
          ScheduleTransaction changes = changes(transaction);
          Schedule before = changes.find(id).orElseThrow(() -> ScheduleRefusals.unknown(id));
          ScheduleTransition turn = wish.apply(before);
          changes.apply(before, turn, run, now);
          return turn.after();
        });
  }

  /**
   * Fires the due ones among some schedules, in one transaction.
   *
   * @param room how many runs the queue takes; once so many have started, the rest stays due
   */
  CompletionStage<Fired> fire(List<Long> ids, Instant now, int room) {
    Map<Long, Submission> submissions = submissions(ids);
    return runs.write(
        transaction -> {
          ScheduleTransaction changes = changes(transaction);
          Fired fired = new Fired(new ArrayList<>(), 0, 0);
          for (long id : ids) {
            Optional<Schedule> before = changes.findReadable(id);
            if (before.isEmpty()) {
              changes.dropDue(id, now);
            }
            Submission run = submissions.get(id);
            if (before.isPresent() && run != null && fired.dueAt().size() < room) {
              ScheduleTransition turn =
                  ScheduleTransition.fire(before.get(), now, settings.rules());
              changes.apply(before.get(), turn, run, now);
              fired = plus(fired, before.get(), turn);
            }
          }
          return fired;
        });
  }

  private static Fired plus(Fired fired, Schedule before, ScheduleTransition turn) {
    turn.starts().forEach(due -> fired.dueAt().add(due.at()));
    Schedule.Counts old = before.counts();
    Schedule.Counts counts = turn.after().counts();
    return new Fired(
        fired.dueAt(),
        fired.missed() + counts.missed() - old.missed(),
        fired.overlapped() + counts.overlapped() - old.overlapped());
  }

  /** Takes note of runs whose jobs have ended, and starts what waited for that. */
  CompletionStage<Boolean> settle(List<Long> jobs, Instant now) {
    Map<Long, Submission> submissions = new LinkedHashMap<>();
    for (long job : jobs) {
      active(job)
          .flatMap(run -> find(run.schedule()))
          .ifPresent(schedule -> submissions.put(job, submission(schedule)));
    }
    return runs.write(
        transaction -> {
          ScheduleTransaction changes = changes(transaction);
          submissions.forEach(
              (job, run) ->
                  changes
                      .endRun(job)
                      .ifPresent(
                          before ->
                              changes.apply(
                                  before, ScheduleTransition.runEnded(before), run, now)));
          return true;
        });
  }

  Optional<Schedule> find(long id) {
    return database.read(tx -> tx.get(SCHEDULES, id));
  }

  /**
   * The newest schedules first.
   *
   * @param view keeps of each what is shown: their parameters may be long
   */
  <R> List<R> newest(int limit, Function<Schedule, R> view) {
    return database.read(
        tx -> {
          List<R> views = new ArrayList<>();
          tx.scan(
              SCHEDULES,
              Range.allBackward(),
              (id, schedule) -> {
                views.add(view.apply(schedule));
                return views.size() < limit;
              });
          return views;
        });
  }

  /** The runs of a schedule that are kept, the newest first; also those under way. */
  List<ScheduledRun> runs(long id) {
    return database.read(
        tx ->
            tx
                .page(
                    EXECUTIONS,
                    Range.downFrom(new ScheduledRun.Key(id, Long.MAX_VALUE))
                        .upTo(new ScheduledRun.Key(id, 0)),
                    Integer.MAX_VALUE)
                .stream()
                .map(Entry::value)
                .toList());
  }

  /** Runs of all schedules with that end, the last ended first. */
  List<ScheduledRun> ended(ScheduledRun.Result result, int limit) {
    EndedKey last = new EndedKey(result, LATEST, new ScheduledRun.Key(Long.MAX_VALUE, 0));
    EndedKey first = new EndedKey(result, Instant.EPOCH, new ScheduledRun.Key(0, 0));
    return database.read(
        tx -> {
          List<ScheduledRun> found = new ArrayList<>();
          tx.scanKeys(
              BY_END,
              Range.downFrom(last).upTo(first),
              key -> {
                tx.getReadable(EXECUTIONS, key.execution()).ifPresent(found::add);
                return found.size() < limit;
              });
          return found;
        });
  }

  /** Schedules whose due time has come, the longest overdue first, after {@code previous}. */
  List<DueKey> due(Optional<DueKey> previous, Instant now, int limit) {
    Range<DueKey> range = previous.map(Range::after).orElse(Range.<DueKey>all());
    List<DueKey> due = new ArrayList<>();
    database.read(
        tx -> {
          tx.scanKeys(
              DUE,
              range.upTo(new DueKey(now, Long.MAX_VALUE)),
              key -> {
                due.add(key);
                return due.size() < limit;
              });
          return due.size();
        });
    return due;
  }

  /** When the next due time comes, of whichever schedule. */
  Optional<Instant> nextDue() {
    List<Instant> first = new ArrayList<>();
    return database.read(
        tx -> {
          tx.scanKeys(DUE, Range.all(), key -> !first.add(key.at()));
          return first.stream().findFirst();
        });
  }

  /** How many schedules have a due time ahead of them. */
  long scheduled() {
    return database.read(tx -> tx.entries(DUE));
  }

  /** Jobs of all runs whose end was not noted yet. */
  List<Long> activeJobs() {
    return database.read(
        tx -> {
          List<Long> jobs = new ArrayList<>();
          tx.scanKeys(ACTIVE, Range.all(), jobs::add);
          return jobs;
        });
  }

  private Optional<ScheduledRun.Key> active(long job) {
    return database.read(tx -> tx.get(ACTIVE, job));
  }

  private Map<Long, Submission> submissions(List<Long> ids) {
    Map<Long, Submission> submissions = new HashMap<>();
    for (long id : ids) {
      database
          .read(tx -> tx.getReadable(SCHEDULES, id))
          .ifPresent(schedule -> submissions.put(id, submission(schedule)));
    }
    return submissions;
  }

  /** Made before the transaction, because it looks at files; it never changes for a schedule. */
  private Submission submission(Schedule schedule) {
    JobTemplate work = schedule.work();
    return requests.prepareRun(work.path(), work.parameters(), work.data(), schedule.id());
  }

  private ScheduleTransaction changes(JobRuns.Transaction transaction) {
    return new ScheduleTransaction(transaction, settings.keptRuns());
  }
}
