package io.pulzar.records;

import io.pulzar.records.RecordOperations.CacheQuestion;
import io.pulzar.records.RecordOperations.Page;
import io.pulzar.records.RecordOperations.PageQuestion;
import io.pulzar.records.RecordOperations.Remembered;
import io.pulzar.records.RecordOperations.WriteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** All that HTTP and scripts ask of records; the master and each node has one. */
interface Records {

  /**
   * The record, unless it is deleted or has expired.
   *
   * @param atLeast the revision that must have been seen; 0: whatever is here
   * @return the record; or, exceptionally, 503 {@code behind}
   */
  CompletionStage<Optional<Row>> find(RecordKey key, long atLeast);

  /** The same without asking anybody: for installations that ask for their clients. */
  CompletionStage<Optional<Row>> findHere(RecordKey key);

  /**
   * The text as {@code ?cache} wants it: from here, from memory, or from the servers of the list.
   */
  CompletionStage<Remembered> findCached(CacheQuestion question);

  /** Writes at the servers of the list and not here, as {@code ?cache} wants it. */
  CompletionStage<WriteAnswer> writeThrough(WriteOrder order);

  /** Has the master write; completes when it is on the disk. */
  CompletionStage<WriteAnswer> write(WriteOrder order);

  /** Live records in the order of their names. */
  CompletionStage<Page> page(PageQuestion question);

  /** Versions that lost against one that did not know them, the newest first. */
  CompletionStage<List<StoredRecord>> losers(RecordKey key);

  /** What changed here after a revision. */
  ChangeBatch changes(long after);

  /** Completes when something changed after that revision, or the time has passed. */
  CompletionStage<Long> beyond(long after, Duration patience);

  /** Whether changes after that revision are all still known. */
  boolean remembers(long revision);

  /** How many changes and milliseconds this server's copy is behind, as far as it knows. */
  Lag lag();

  /**
   * How far a copy is.
   *
   * @param changes the master's revision less the one here
   * @param millis since it was level last
   */
  record Lag(long revision, long changes, long millis) {}
}
