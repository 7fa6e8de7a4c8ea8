package io.pulzar.jobs;

import static io.pulzar.jobs.JobTables.BY_END;
import static io.pulzar.jobs.JobTables.BY_KIND;
import static io.pulzar.jobs.JobTables.BY_SCRIPT;
import static io.pulzar.jobs.JobTables.COUNTERS;
import static io.pulzar.jobs.JobTables.IDEMPOTENCY;
import static io.pulzar.jobs.JobTables.IDEMPOTENCY_BY_AGE;
import static io.pulzar.jobs.JobTables.JOBS;
import static io.pulzar.jobs.JobTables.PIECES;
import static io.pulzar.jobs.JobTables.RESULTS;

import io.pulzar.http.Excerpt;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobTables.EndKey;
import io.pulzar.jobs.JobTables.FirstUse;
import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.jobs.JobTables.KindKey;
import io.pulzar.jobs.JobTables.ScriptKey;
import io.pulzar.jobs.JobTables.UseKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.ValueForm.Present;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Jobs on the disk. Every change of a job goes through {@link #change}, which applies one of {@link
 * JobRecord}'s rules to what is stored and keeps the indexes in step, in one transaction.
 */
final class JobStore {

  /**
   * The answer to an acceptance.
   *
   * @param id of the new job, or of the first one with the same idempotency key
   * @param started the new job; empty when the key was used before
   */
  record Accepted(long id, Optional<JobRecord> started) {}

  private final Database database;
  private final Duration idempotencyPeriod;
  private final int mostIdempotencyKeys;
  private final List<JobEndNotes> endNotes;
  private final long epoch;

  /** One that nobody else takes notes of. */
  JobStore(Database database, Duration idempotencyPeriod, int mostIdempotencyKeys) {
    this(database, idempotencyPeriod, mostIdempotencyKeys, List.of());
  }

  /**
   * Opens the store and begins a new life of the master, recorded before this returns.
   *
   * @param endNotes are taken in the transaction that stores the end of a job
   */
  JobStore(
      Database database,
      Duration idempotencyPeriod,
      int mostIdempotencyKeys,
      List<JobEndNotes> endNotes) {
    this.endNotes = endNotes;
    this.database = database;
    this.idempotencyPeriod = idempotencyPeriod;
    this.mostIdempotencyKeys = mostIdempotencyKeys;
    ScriptIndex.complete(database);
    this.epoch =
        database.writeAndWait(
            tx -> {
              tx.afterRestore("jobs").ifPresent(gone -> skipNumbers(tx, gone));
              return increment(tx, JobTables.LIFE);
            });
  }

  /** The copy does not know what was accepted after it; nobody is to get those numbers again. */
  private static void skipNumbers(WriteTransaction tx, Duration gone) {
    for (String counter : List.of(JobTables.LAST_ID, JobTables.LIFE)) {
      tx.put(COUNTERS, counter, SkippedNumbers.after(tx.get(COUNTERS, counter).orElse(0L), gone));
    }
  }

  /** Which life of the master this is; grows with each start. */
  long epoch() {
    return epoch;
  }

  /** Stores a new job; the stage completes when it is on the disk. */
  CompletionStage<Accepted> accept(
      Submission submission, Optional<String> idempotencyKey, Instant now) {
    return database.write(
        tx -> {
          List<JobRecord> started = new ArrayList<>();
          long id =
              once(
                  tx,
                  idempotencyKey,
                  now,
                  () -> {
                    started.add(accept(tx, submission, now));
                    return started.getFirst().id();
                  });
          return new Accepted(id, started.stream().findFirst());
        });
  }

  /** The same inside a transaction that stores more. */
  JobRecord accept(WriteTransaction tx, Submission submission, Instant now) {
    long id = increment(tx, JobTables.LAST_ID);
    JobRecord job = JobRecord.accepted(id, submission, now, epoch);
    tx.put(JOBS, id, job);
    tx.put(BY_KIND, new KindKey(Kind.PENDING, id), Present.YES);
    tx.put(BY_SCRIPT, ScriptKey.of(submission.path(), id), Present.YES);
    return job;
  }

  /** The number that the first use of a key got; {@code create} makes it when this is the first. */
  long once(WriteTransaction tx, Optional<String> key, Instant now, LongSupplier create) {
    Optional<FirstUse> first = key.flatMap(used -> firstUse(tx, used, now));
    if (first.isPresent()) {
      return first.get().job();
    }
    long number = create.getAsLong();
    key.ifPresent(fresh -> rememberUse(tx, fresh, new FirstUse(number, now)));
    return number;
  }

  /**
   * Applies a rule to a job.
   *
   * @return the job as it is stored now; empty, with nothing changed, when the job is unknown or
   *     the rule did not apply
   */
  CompletionStage<Optional<JobRecord>> change(
      long id, Function<JobRecord, Optional<JobRecord>> rule) {
    return database.write(tx -> change(tx, id, rule));
  }

  /** The same, storing the last piece of an attempt along with it, and what it returned. */
  CompletionStage<Optional<JobRecord>> change(
      OutputChunkKey key,
      OutputChunk piece,
      Optional<String> result,
      Function<JobRecord, Optional<JobRecord>> rule) {
    return database.write(
        tx -> {
          Optional<JobRecord> changed = change(tx, key.job(), rule);
          if (changed.isPresent() && !piece.isEmpty()) {
            tx.put(PIECES, key, piece);
          }
          if (changed.isPresent() && result.isPresent()) {
            tx.put(RESULTS, key.job(), result.get());
          }
          return changed;
        });
  }

  /**
   * Appends to what a running attempt wrote, which shows that its script has begun. The same piece
   * again changes nothing.
   *
   * @param start applied first when the attempt is not recorded as running yet
   * @return false, with nothing stored, when that attempt does not run
   */
  CompletionStage<Boolean> append(
      OutputChunkKey key, OutputChunk piece, Function<JobRecord, Optional<JobRecord>> start) {
    return database.write(
        tx -> {
          Optional<JobRecord> job = tx.get(JOBS, key.job());
          boolean runs =
              job.flatMap(found -> found.running(key.attempt())).isPresent()
                  || (job.isPresent() && change(tx, key.job(), start).isPresent());
          if (runs) {
            change(tx, key.job(), running -> running.begun(key.attempt()));
            tx.put(PIECES, key, piece);
          }
          return runs;
        });
  }

  Optional<JobRecord> find(long id) {
    return database.read(tx -> tx.get(JOBS, id));
  }

  /** The same; also empty when its record can't be read. */
  Optional<JobRecord> findReadable(long id) {
    return database.read(tx -> tx.getReadable(JOBS, id));
  }

  /** All jobs that are pending or running, in the order of their ids. */
  List<JobRecord> unfinished() {
    return database.read(
        tx -> {
          List<JobRecord> jobs = new ArrayList<>();
          tx.scanKeys(
              BY_KIND,
              Range.from(new KindKey(Kind.PENDING, 0))
                  .upTo(new KindKey(Kind.RUNNING, Long.MAX_VALUE)),
              key -> {
                tx.getReadable(JOBS, key.job()).ifPresent(jobs::add);
                return true;
              });
          return jobs;
        });
  }

  /** The job that has waited longest for its turn. */
  Optional<JobRecord> oldestPending() {
    return database.read(
        tx ->
            tx.first(
                    BY_KIND,
                    Range.from(new KindKey(Kind.PENDING, 0))
                        .upTo(new KindKey(Kind.PENDING, Long.MAX_VALUE)))
                .flatMap(first -> tx.getReadable(JOBS, first.key().job())));
  }

  /** The newest jobs, the newest first. */
  List<ListedJob> newest(int limit) {
    return database.read(
        tx -> {
          List<ListedJob> jobs = new ArrayList<>();
          tx.scan(
              JOBS,
              Range.allBackward(),
              (id, job) -> {
                jobs.add(ListedJob.of(job, Excerpt.bytes(limit)));
                return jobs.size() < limit;
              });
          return jobs;
        });
  }

  /** The newest jobs of one kind, the newest first. */
  List<ListedJob> newest(Kind kind, int limit) {
    return database.read(tx -> newest(tx, kind, limit));
  }

  /** Up to {@code limit} pieces after {@code key}, in the order they were written. */
  List<Entry<OutputChunkKey, OutputChunk>> piecesAfter(OutputChunkKey key, int limit) {
    return database.read(
        tx -> tx.page(PIECES, Range.after(key).upTo(OutputChunkKey.end(key.job())), limit));
  }

  /** What a job returned, as JSON. */
  Optional<String> result(long id) {
    return database.read(tx -> tx.get(RESULTS, id));
  }

  /**
   * What an attempt of a job wrote, one piece after the other, for as long as it is wanted; nothing
   * is held in memory.
   *
   * @param from the first piece
   */
  void scan(OutputChunkKey from, BiPredicate<OutputChunkKey, OutputChunk> wanted) {
    database.read(
        tx -> {
          tx.scan(PIECES, Range.from(from).upTo(OutputChunkKey.end(from.job())), wanted);
          return null;
        });
  }

  /** All that a job wrote. */
  List<Entry<OutputChunkKey, OutputChunk>> pieces(long id) {
    return database.read(
        tx ->
            tx.page(
                PIECES,
                Range.from(OutputChunkKey.first(id)).upTo(OutputChunkKey.end(id)),
                Integer.MAX_VALUE));
  }

  private Optional<JobRecord> change(
      WriteTransaction tx, long id, Function<JobRecord, Optional<JobRecord>> rule) {
    Optional<JobRecord> before = tx.get(JOBS, id);
    Optional<JobRecord> after = before.flatMap(rule);
    after.ifPresent(
        job -> {
          tx.put(JOBS, id, job);
          moveIndexes(tx, before.orElseThrow(), job);
        });
    return after;
  }

  private void moveIndexes(WriteTransaction tx, JobRecord before, JobRecord after) {
    Kind from = Kind.of(before.state());
    Kind to = Kind.of(after.state());
    if (from != to) {
      tx.delete(BY_KIND, new KindKey(from, before.id()));
      tx.put(BY_KIND, new KindKey(to, after.id()), Present.YES);
    }
    if (after.state() instanceof Ended ended) {
      tx.put(BY_END, new EndKey(ended.at(), after.id()), Present.YES);
      endNotes.forEach(notes -> notes.note(tx, EndedJob.of(after, ended)));
    }
  }

  private static List<ListedJob> newest(ReadTransaction tx, Kind kind, int limit) {
    List<ListedJob> jobs = new ArrayList<>();
    if (limit > 0) {
      tx.scanKeys(
          BY_KIND,
          Range.downFrom(new KindKey(kind, Long.MAX_VALUE)).upTo(new KindKey(kind, 0)),
          key -> {
            tx.getReadable(JOBS, key.job())
                .map(job -> ListedJob.of(job, Excerpt.bytes(limit)))
                .ifPresent(jobs::add);
            return jobs.size() < limit;
          });
    }
    return jobs;
  }

  /** The first use of a key, if it is not outdated. */
  Optional<FirstUse> firstUse(ReadTransaction tx, String key, Instant now) {
    return tx.get(IDEMPOTENCY, key).filter(use -> use.at().plus(idempotencyPeriod).isAfter(now));
  }

  private void rememberUse(WriteTransaction tx, String key, FirstUse use) {
    Optional<FirstUse> outdated = tx.get(IDEMPOTENCY, key);
    outdated.ifPresent(old -> tx.delete(IDEMPOTENCY_BY_AGE, new UseKey(old.at(), key)));
    if (outdated.isEmpty() && tx.entries(IDEMPOTENCY) >= mostIdempotencyKeys) {
      throw Refusals.tooManyIdempotencyKeys(mostIdempotencyKeys);
    }
    tx.put(IDEMPOTENCY, key, use);
    tx.put(IDEMPOTENCY_BY_AGE, new UseKey(use.at(), key), Present.YES);
  }

  private static long increment(WriteTransaction tx, String counter) {
    long next = tx.get(COUNTERS, counter).orElse(0L) + 1;
    tx.put(COUNTERS, counter, next);
    return next;
  }
}
