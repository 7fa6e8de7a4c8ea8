package io.pulzar.jobs;

import static io.pulzar.jobs.JobTables.BY_END;
import static io.pulzar.jobs.JobTables.BY_KIND;
import static io.pulzar.jobs.JobTables.BY_SCRIPT;
import static io.pulzar.jobs.JobTables.IDEMPOTENCY;
import static io.pulzar.jobs.JobTables.IDEMPOTENCY_BY_AGE;
import static io.pulzar.jobs.JobTables.JOBS;
import static io.pulzar.jobs.JobTables.PIECES;
import static io.pulzar.jobs.JobTables.RESULTS;
import static io.pulzar.jobs.JobTables.TRACES;

import io.pulzar.jobs.JobTables.EndKey;
import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.jobs.JobTables.KindKey;
import io.pulzar.jobs.JobTables.ScriptKey;
import io.pulzar.jobs.JobTables.UseKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import io.pulzar.upkeep.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Forgets ended jobs that are too old or too many, the ones that ended first, and idempotency keys
 * after their day. In small transactions, so that nobody waits long behind one.
 *
 * <p>The files that a job stored go with it when it is too old. Those of a job that only gives way
 * to newer ones stay until their own time: a script was told how long they are kept.
 */
final class Retention {

  private static final int AT_A_TIME = 50;

  private final Database database;
  private final Clock clock;
  private final Duration age;
  private final int most;
  private final Duration idempotencyPeriod;
  private final LongConsumer files;

  /**
   * @param files removes the files of a job; before the job, so that a crash leaves no old file
   *     behind
   */
  Retention(
      Database database,
      Clock clock,
      Duration age,
      int most,
      Duration idempotencyPeriod,
      LongConsumer files) {
    this.files = files;
    this.database = database;
    this.clock = clock;
    this.age = age;
    this.most = most;
    this.idempotencyPeriod = idempotencyPeriod;
  }

  /**
   * Forgets all that is due.
   *
   * @param progress is asked between jobs: what is left is done by the next round
   * @return how many jobs that were
   */
  long run(Rounds.Progress progress) {
    Instant now = clock.instant();
    long forgotten = 0;
    int step;
    do {
      Instant oldest = now.minus(age);
      List<EndKey> due = database.read(tx -> due(tx, oldest));
      for (EndKey key : due) {
        if (!progress.goesOn()) {
          return forgotten;
        }
        if (key.at().isBefore(oldest)) {
          files.accept(key.job());
        }
      }
      database.writeAndWait(
          tx -> {
            due.forEach(key -> forget(tx, key));
            return due;
          });
      step = due.size();
      forgotten += step;
    } while (step == AT_A_TIME && progress.goesOn());
    do {
      step = database.writeAndWait(tx -> forgetKeys(tx, now.minus(idempotencyPeriod)));
    } while (step == AT_A_TIME && progress.goesOn());
    return forgotten;
  }

  private List<EndKey> due(ReadTransaction tx, Instant before) {
    long surplus = tx.entries(BY_END) - most;
    List<EndKey> due = new ArrayList<>();
    tx.scanKeys(
        BY_END,
        Range.all(),
        key -> {
          boolean isDue = due.size() < surplus || key.at().isBefore(before);
          if (isDue) {
            due.add(key);
          }
          return isDue && due.size() < AT_A_TIME;
        });
    return due;
  }

  /** Removes an ended job with all that it wrote. */
  static void forget(WriteTransaction tx, EndKey key) {
    long id = key.job();
    // Of a record that can't be read the kind is not known.
    for (Kind kind : Kind.values()) {
      tx.delete(BY_KIND, new KindKey(kind, id));
    }
    tx.getReadable(JOBS, id)
        .ifPresent(job -> tx.delete(BY_SCRIPT, ScriptKey.of(job.submission().path(), id)));
    List<OutputChunkKey> pieces = new ArrayList<>();
    tx.scanKeys(
        PIECES, Range.from(OutputChunkKey.first(id)).upTo(OutputChunkKey.end(id)), pieces::add);
    pieces.forEach(piece -> tx.delete(PIECES, piece));
    tx.delete(RESULTS, id);
    tx.delete(TRACES, id);
    tx.delete(JOBS, id);
    tx.delete(BY_END, key);
  }

  private static int forgetKeys(WriteTransaction tx, Instant before) {
    List<UseKey> due = new ArrayList<>();
    tx.scanKeys(
        IDEMPOTENCY_BY_AGE,
        Range.all(),
        key -> {
          boolean isDue = key.at().isBefore(before);
          if (isDue) {
            due.add(key);
          }
          return isDue && due.size() < AT_A_TIME;
        });
    for (UseKey key : due) {
      tx.delete(IDEMPOTENCY, key.key());
      tx.delete(IDEMPOTENCY_BY_AGE, key);
    }
    return due.size();
  }
}
