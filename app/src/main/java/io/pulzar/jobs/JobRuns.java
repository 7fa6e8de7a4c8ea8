package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import io.pulzar.http.Excerpt;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobTables.EndKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.WriteTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Jobs for a feature that starts them by itself and keeps account of them: it accepts jobs in the
 * transactions of its own tables ({@link TablesBesideJobs}), so that its account and the jobs never
 * differ, whatever happens to the master.
 *
 * <p>Threading: safe for any thread.
 */
public final class JobRuns {

  /** How a job ended. */
  public enum Word {
    COMPLETED,
    FAILED,
    CANCELED
  }

  /** The end of a job. */
  public record RunEnd(Word word, Instant at) {}

  /**
   * What a job left.
   *
   * @param error why it failed, for its author
   */
  public record RunResult(Excerpt log, Excerpt output, Optional<String> error) {}

  /**
   * A transaction over the feature's tables and the jobs. Like every body of a write it may run
   * again from the start.
   */
  public interface Transaction {

    /** The feature's tables. */
    WriteTransaction tables();

    /** Accepts a job; nodes get it once the transaction is on the disk. Returns its id. */
    long accept(Submission submission, Instant now);

    /** The end of a job; empty while it is not over, and when it is not kept any more. */
    Optional<RunEnd> end(long job);

    /** Whether the job is kept. */
    boolean knows(long job);

    /**
     * Removes an ended job with all that it wrote. Files that it stored stay until their time,
     * unless {@link JobRuns#removeFilesOf} was called before.
     */
    void forget(long job);

    /**
     * The number that the first use of an idempotency key got, within a day; otherwise {@code
     * create} makes one, which is remembered.
     */
    long once(Optional<String> key, Instant now, LongSupplier create);
  }

  private final Database database;
  private final JobStore store;
  private final Dispatcher dispatcher;
  private final JobSignals signals;
  private final JobRequests requests;
  private final StoredData data;

  JobRuns(
      Database database,
      JobStore store,
      Dispatcher dispatcher,
      JobSignals signals,
      JobRequests requests,
      StoredData data) {
    this.data = data;
    this.database = database;
    this.store = store;
    this.dispatcher = dispatcher;
    this.signals = signals;
    this.requests = requests;
  }

  /** The storage that both share, to read from. */
  public Database database() {
    return database;
  }

  /**
   * Runs a transaction; the stage completes when it is on the disk and its jobs are in the queue.
   */
  public <R> CompletionStage<R> write(Function<Transaction, R> body) {
    record Written<T>(T result, List<JobRecord> accepted) {}
    return database
        .write(
            tx -> {
              Acceptance acceptance = new Acceptance(tx);
              R result = body.apply(acceptance);
              return new Written<>(result, acceptance.accepted);
            })
        .thenApply(
            written -> {
              written.accepted().forEach(requests::start);
              return written.result();
            });
  }

  /**
   * Removes the files that a job stored; complete when that is on the disk. To be awaited before
   * the job is forgotten: as long as its row stands, somebody knows what is still to be removed.
   */
  public CompletionStage<Boolean> removeFilesOf(long job) {
    return data.removeFilesOf(job);
  }

  /** How many more jobs the queue takes; not negative. */
  public int room() {
    return requests.room();
  }

  /** The refusal of a job when there is no room. */
  public ApiException queueFull() {
    return requests.queueFull();
  }

  /** Checks the form of an idempotency key; 400 when it has none. */
  public void checkKey(String idempotencyKey) {
    JobRequests.checkKey(idempotencyKey);
  }

  /** The number that a key got first, if that was less than a day before {@code now}. */
  public Optional<Long> firstUse(String idempotencyKey, Instant now) {
    return database.read(
        tx -> store.firstUse(tx, otherSeries(idempotencyKey), now).map(JobTables.FirstUse::job));
  }

  /** Calls {@code consumer} with each job that ends and has a schedule; it must not block. */
  public void onScheduledEnd(LongConsumer consumer) {
    signals.onEveryEnd(
        job -> {
          if (job.submission().schedule().isPresent()) {
            consumer.accept(job.id());
          }
        });
  }

  /**
   * The beginning of what a job left so far; empty when it is not kept any more.
   *
   * @param bytes of its log, and of its output, at most
   */
  public Optional<RunResult> result(long job, int bytes) {
    return store.find(job).map(found -> result(found, bytes));
  }

  /** Whether a job is over, or forgotten. */
  public boolean isOver(long job) {
    return store.find(job).map(record -> record.state() instanceof Ended).orElse(true);
  }

  /** Cancels a job unless its script has begun; completes when that is on the disk. */
  public CompletionStage<Boolean> cancelIfWaiting(long job) {
    return dispatcher.cancel(job, record -> record.state().waits()).thenApply(Optional::isPresent);
  }

  private RunResult result(JobRecord job, int bytes) {
    StringBuilder log = new StringBuilder();
    store.scan(
        OutputChunkKey.first(job.id()),
        (key, piece) -> {
          log.append(piece.log());
          return log.length() <= bytes;
        });
    StringJoiner output = new StringJoiner("\n");
    store.scan(
        OutputChunkKey.firstOf(job.id(), job.attempts().number()),
        (key, piece) -> {
          piece.output().forEach(output::add);
          return output.length() <= bytes;
        });
    return new RunResult(
        Excerpt.of(job.state().waits() ? JobViews.ABSENT : log.toString(), bytes),
        Excerpt.of(output.toString(), bytes),
        job.state() instanceof Ended ended ? ended.error() : Optional.empty());
  }

  /** Jobs and what else is numbered have keys of their own: no client's key holds a space. */
  private static String otherSeries(String idempotencyKey) {
    return "schedule " + idempotencyKey;
  }

  private final class Acceptance implements Transaction {

    private final WriteTransaction tx;
    private final List<JobRecord> accepted = new ArrayList<>();

    Acceptance(WriteTransaction tx) {
      this.tx = tx;
    }

    @Override
    public WriteTransaction tables() {
      return tx;
    }

    @Override
    public long accept(Submission submission, Instant now) {
      JobRecord job = store.accept(tx, submission, now);
      accepted.add(job);
      return job.id();
    }

    @Override
    public Optional<RunEnd> end(long job) {
      return tx.getReadable(JobTables.JOBS, job)
          .flatMap(
              record ->
                  record.state() instanceof Ended ended
                      ? Optional.of(new RunEnd(word(ended.end()), ended.at()))
                      : Optional.empty());
    }

    @Override
    public boolean knows(long job) {
      return tx.contains(JobTables.JOBS, job);
    }

    @Override
    public void forget(long job) {
      end(job).ifPresent(end -> Retention.forget(tx, new EndKey(end.at(), job)));
    }

    @Override
    public long once(Optional<String> key, Instant now, LongSupplier create) {
      return store.once(tx, key.map(JobRuns::otherSeries), now, create);
    }
  }

  static Word word(JobState.End end) {
    return switch (end) {
      case COMPLETED -> Word.COMPLETED;
      case FAILED -> Word.FAILED;
      case CANCELED -> Word.CANCELED;
    };
  }
}
