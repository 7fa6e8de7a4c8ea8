package io.pulzar.schedules;

import static io.pulzar.schedules.ScheduleTables.BY_END;
import static io.pulzar.schedules.ScheduleTables.EXECUTIONS;
import static io.pulzar.schedules.ScheduleTables.OVER;
import static io.pulzar.schedules.ScheduleTables.SCHEDULES;

import io.pulzar.jobs.JobRuns;
import io.pulzar.lmdb.Entry;
import io.pulzar.lmdb.Range;
import io.pulzar.lmdb.ReadTransaction;
import io.pulzar.lmdb.WriteTransaction;
import io.pulzar.schedules.ScheduleTables.EndedKey;
import io.pulzar.schedules.ScheduleTables.OverKey;
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
    for (Execution.Result result : Execution.Result.values()) {
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
  private int forgetRuns(Execution.Result result, Instant before, Rounds.Progress progress) {
    List<EndedKey> old = runs.database().read(tx -> endedBefore(tx, result, before));
    for (EndedKey key : old) {
      if (!progress.goesOn()) {
        return 0;
      }
      runs.database()
          .read(tx -> tx.get(EXECUTIONS, key.execution()))
          .ifPresent(run -> runs.removeFilesOf(run.job()).toCompletableFuture().join());
    }
    return runs.write(transaction -> forgetRuns(transaction, old)).toCompletableFuture().join();
  }

  private static List<EndedKey> endedBefore(
      ReadTransaction tx, Execution.Result result, Instant before) {
    EndedKey first = new EndedKey(result, Instant.EPOCH, new Execution.Key(0, 0));
    EndedKey last = new EndedKey(result, before, new Execution.Key(0, 0));
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
      tx.get(EXECUTIONS, key.execution()).ifPresent(changes(transaction)::forget);
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
    Execution.Key first = new Execution.Key(key.schedule(), 0);
    Execution.Key last = new Execution.Key(key.schedule(), Long.MAX_VALUE);
    List<Entry<Execution.Key, Execution>> left =
        tx.page(EXECUTIONS, Range.from(first).upTo(last), most);
    int forgotten = 0;
    for (Entry<Execution.Key, Execution> run : left) {
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

  private static Changes changes(JobRuns.Transaction transaction) {
    return new Changes(transaction, Integer.MAX_VALUE);
  }
}
