package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.link.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nodes ask the master about records. */
final class RecordOperations {

  /** How long the master lets a node wait for a change. */
  static final Duration POLL = Duration.ofSeconds(20);

  /** Node to master: write this. Processes may run meanwhile. */
  static final Operation<WriteOrder, WriteAnswer> WRITE =
      Operation.of("records.write", WriteOrder.class, WriteAnswer.class)
          .patient(Duration.ofSeconds(60));

  /** Node to master: what is the record, since I don't know. */
  static final Operation<KeyQuestion, Found> FIND =
      Operation.of("records.find", KeyQuestion.class, Found.class).patient(Duration.ofSeconds(30));

  /** Node to master: the same by {@code ?cache}. */
  static final Operation<CacheQuestion, Remembered> FIND_CACHED =
      Operation.of("records.remembered", CacheQuestion.class, Remembered.class)
          .patient(Duration.ofSeconds(60));

  /** Node to master: write this at the servers of the list. */
  static final Operation<WriteOrder, WriteAnswer> WRITE_THROUGH =
      Operation.of("records.pass", WriteOrder.class, WriteAnswer.class)
          .patient(Duration.ofMinutes(2));

  static final Operation<PageQuestion, Page> PAGE =
      Operation.of("records.page", PageQuestion.class, Page.class);

  static final Operation<KeyQuestion, Versions> LOSERS =
      Operation.of("records.losers", KeyQuestion.class, Versions.class);

  /** Node to master: what changed after this; waits for something to change. */
  static final Operation<FollowQuestion, ChangeBatch> FOLLOW =
      Operation.of("records.follow", FollowQuestion.class, ChangeBatch.class)
          .patient(POLL.plusSeconds(10));

  /** Node to master: what are the hashes of all ranges at this revision. */
  static final Operation<HashQuestion, Hashes> HASHES =
      Operation.of("records.hashes", HashQuestion.class, Hashes.class);

  /** Node to master: all records of these ranges. */
  static final Operation<RangeQuestion, ChangeBatch> RANGES =
      Operation.of("records.ranges", RangeQuestion.class, ChangeBatch.class)
          .patient(Duration.ofSeconds(60));

  /**
   * A write as the client wants it.
   *
   * @param text as it was sent; null: delete
   * @param ttl milliseconds from now; 0: for ever
   * @param local whether it stays in this installation
   * @param finished whether the text is a whole record that no process changes any more; without a
   *     text, whether other installations are left out
   */
  @Serdeable
  record WriteOrder(
      Kind kind,
      String name,
      WriteCondition condition,
      @Nullable String text,
      long ttl,
      boolean local,
      boolean finished) {

    RecordKey key() {
      return new RecordKey(kind, name);
    }

    static WriteOrder of(RecordKey key, WriteCondition condition, @Nullable String text) {
      return new WriteOrder(key.kind(), key.name(), condition, text, 0, false, false);
    }

    WriteOrder expiring(long afterMillis) {
      return new WriteOrder(kind, name, condition, text, afterMillis, local, finished);
    }

    /** Another installation asks for a client: what is not here is looked for nowhere else. */
    WriteOrder askedHere() {
      return new WriteOrder(kind, name, condition, text, ttl, local, true);
    }

    /** Stays in this installation. */
    WriteOrder staying() {
      return new WriteOrder(kind, name, condition, text, ttl, true, finished);
    }
  }

  @Serdeable
  record KeyQuestion(Kind kind, String name) {
    RecordKey key() {
      return new RecordKey(kind, name);
    }
  }

  @Serdeable
  record Found(@Nullable Row row) {}

  /**
   * @param asks whether what is remembered is not enough
   */
  @Serdeable
  record CacheQuestion(String uid, boolean asks) {}

  /**
   * @param how {@code hit}, {@code miss}, {@code revalidated}, or {@code local} for a record that
   *     is here
   * @param age seconds since a server told it
   */
  @Serdeable
  record Remembered(@Nullable Row row, String how, long age) {}

  @Serdeable
  record Versions(List<StoredRecord> versions) {}

  /**
   * @param after the last name of the page before; null: from the start
   * @param values whether bodies are wanted
   * @param mostBytes of bodies
   */
  @Serdeable
  record PageQuestion(
      Kind kind,
      String prefix,
      @Nullable String after,
      int limit,
      boolean values,
      long mostBytes) {}

  /**
   * @param more whether there are records behind the last one
   */
  @Serdeable
  record Page(List<Row> rows, boolean more, long revision) {}

  /**
   * @param life of the store that gave the last change; empty at the start
   */
  @Serdeable
  record FollowQuestion(String node, String life, long after) {}

  @Serdeable
  record HashQuestion(long revision, long floor) {}

  /**
   * @param revision the master's; when it is another than the asked one, there are no hashes
   */
  @Serdeable
  record Hashes(long revision, Map<String, Long> byRange) {}

  @Serdeable
  record RangeQuestion(List<Integer> ranges) {}

  private RecordOperations() {}
}
