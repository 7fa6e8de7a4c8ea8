package io.pulzar.schedules;

import static io.pulzar.schedules.ScheduleTables.BY_END;
import static io.pulzar.schedules.ScheduleTables.EXECUTIONS;
import static io.pulzar.schedules.ScheduleTables.OVER;
import static io.pulzar.schedules.ScheduleTables.SCHEDULES;

import io.pulzar.jobs.JobRuns;
import io.pulzar.schedules.ScheduleTables.EndedKey;
import io.pulzar.schedules.ScheduleTables.OverKey;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import io.pulzar.upkeep.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Forgets runs that are too old, with their jobs, and schedules that were canceled or finished too
 * long ago or are too many, with what is left of their runs. In small transactions, so that nobody
 * waits long behind one.
 *
 * <p>The files that a run stored go with it when it is too old, not when it only gives way to newer
 * ones: a script was told how long they are kept.
 */
final class ScheduleRetention {

  private static final int AT_A_TIME = 50;

  private final JobRuns runs;
  private final Clock clock;
  private final Duration age;
  private final int mostOver;

  ScheduleRetention(JobRuns runs, Clock clock, Duration age, int mostOver) {
    this.runs = runs;
    this.clock = clock;
    this.age = age;
    this.mostOver = mostOver;
  }

  /** Forgets all that is due. */
  void run(Rounds.Progress progress) {
    Instant before = clock.instant().minus(age);
    for (ScheduledRun.Result result : ScheduledRun.Result.values()) {
      repeat(progress, () -> forgetRuns(result, before, progress));
    }
    repeat(
        progress,
        () ->
            runs.write(transaction -> forgetSchedules(transaction, before))
                .toCompletableFuture()
                .join());
  }

  private static void repeat(Rounds.Progress progress, IntSupplier step) {
    int forgotten;
    do {
      forgotten = step.getAsInt();
    } while (forgotten > 0 && progress.goesOn());
  }

  /** Files first, then the rows: what a crash leaves can be found and is removed later. */
  private int forgetRuns(ScheduledRun.Result result, Instant before, Rounds.Progress progress) {
    List<EndedKey> old = runs.database().read(tx -> endedBefore(tx, result, before));
    for (EndedKey key : old) {
      if (!progress.goesOn()) {
        return 0;
      }
      runs.database()
          .read(tx -> tx.getReadable(EXECUTIONS, key.execution()))
          .ifPresent(run -> runs.removeFilesOf(run.job()).toCompletableFuture().join());
    }
    return runs.write(transaction -> forgetRuns(transaction, old)).toCompletableFuture().join();
  }

  private static List<EndedKey> endedBefore(
      ReadTransaction tx, ScheduledRun.Result result, Instant before) {
    EndedKey first = new EndedKey(result, Instant.EPOCH, new ScheduledRun.Key(0, 0));
    EndedKey last = new EndedKey(result, before, new ScheduledRun.Key(0, 0));
    List<EndedKey> old = new ArrayList<>();
    tx.scanKeys(
        BY_END,
        Range.from(first).until(last),
        key -> {
          old.add(key);
          return old.size() < AT_A_TIME;
        });
    return old;
  }

  private static int forgetRuns(JobRuns.Transaction transaction, List<EndedKey> old) {
    WriteTransaction tx = transaction.tables();
    for (EndedKey key : old) {
      tx.getReadable(EXECUTIONS, key.execution()).ifPresent(changes(transaction)::forget);
      tx.delete(EXECUTIONS, key.execution());
      tx.delete(BY_END, key);
    }
    return old.size();
  }

  /** A schedule goes once its runs are gone; of those it takes some along at a time. */
  private int forgetSchedules(JobRuns.Transaction transaction, Instant before) {
    WriteTransaction tx = transaction.tables();
    long surplus = tx.entries(OVER) - mostOver;
    List<OverKey> due = new ArrayList<>();
    tx.scanKeys(
        OVER,
        Range.all(),
        key -> {
          boolean isDue = due.size() < surplus || key.at().isBefore(before);
          if (isDue) {
            due.add(key);
          }
          return isDue && due.size() < AT_A_TIME;
        });
    int forgotten = 0;
    for (OverKey key : due) {
      forgotten += forgetSchedule(transaction, key, AT_A_TIME - forgotten);
    }
    return forgotten;
  }

  private static int forgetSchedule(JobRuns.Transaction transaction, OverKey key, int most) {
    WriteTransaction tx = transaction.tables();
    ScheduledRun.Key first = new ScheduledRun.Key(key.schedule(), 0);
    ScheduledRun.Key last = new ScheduledRun.Key(key.schedule(), Long.MAX_VALUE);
    List<Entry<ScheduledRun.Key, ScheduledRun>> left =
        tx.page(EXECUTIONS, Range.from(first).upTo(last), most);
    int forgotten = 0;
    for (Entry<ScheduledRun.Key, ScheduledRun> run : left) {
      if (run.value().end().isPresent()) {
        changes(transaction).forget(run.value());
        forgotten++;
      }
    }
    if (left.size() < most && forgotten == left.size()) {
      tx.delete(SCHEDULES, key.schedule());
      tx.delete(OVER, key);
      forgotten++;
    }
    return forgotten;
  }

  private static ScheduleTransaction changes(JobRuns.Transaction transaction) {
    return new ScheduleTransaction(transaction, Integer.MAX_VALUE);
  }
}
