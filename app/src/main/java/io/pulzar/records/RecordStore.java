package io.pulzar.records;

import static io.pulzar.records.RecordTables.EXPIRIES;
import static io.pulzar.records.RecordTables.HASHES;
import static io.pulzar.records.RecordTables.LIVES;
import static io.pulzar.records.RecordTables.LOG;
import static io.pulzar.records.RecordTables.NUMBERS;
import static io.pulzar.records.RecordTables.RECORDS;
import static io.pulzar.records.RecordTables.TOMBSTONES;
import static io.pulzar.records.RecordTables.WORDS;

import io.pulzar.records.RecordTables.Due;
import io.pulzar.records.WriteAnswer.Outcome;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The records of one installation, at its master: accepts writes, and merges what other
 * installations accepted.
 *
 * <p>The clock of versions is kept with the records, so it never goes back, whatever the machine's
 * clock does.
 */
final class RecordStore {

  static final String CLOCK = "clock";
  private static final String ORIGIN = "origin";
  private static final int MOST_LIVES = 64;

  private final Database database;
  private final Clock clock;
  private final Duration skew;
  private final Losers losers;
  private final RecordSignals signals;
  private final String origin;
  private final String life;

  /**
   * @param ids makes names that nobody else has
   * @param skew how far ahead other installations' clocks may be
   */
  RecordStore(
      Database database,
      Clock clock,
      Duration skew,
      Losers losers,
      RecordSignals signals,
      Supplier<String> ids) {
    this.database = database;
    this.clock = clock;
    this.skew = skew;
    this.losers = losers;
    this.signals = signals;
    this.life = ids.get();
    String fresh = ids.get();
    this.origin = database.writeAndWait(change -> begin(change, fresh));
    signals.reached(database.read(Rows::revision));
  }

  /** Each life notes where it began, so that a replica sees when the log was set back behind it. */
  private String begin(WriteTransaction change, String fresh) {
    change.putIfAbsent(WORDS, ORIGIN, fresh);
    change.put(LIVES, Rows.revision(change) + 1, life);
    List<Long> all = new ArrayList<>();
    change.scanKeys(LIVES, Range.all(), all::add);
    all.stream()
        .limit(Math.max(0, all.size() - MOST_LIVES))
        .forEach(old -> change.delete(LIVES, old));
    return change.get(WORDS, ORIGIN).orElseThrow();
  }

  String origin() {
    return origin;
  }

  String life() {
    return life;
  }

  long revision() {
    return signals.revision();
  }

  /** The record, unless it is deleted or has expired. */
  Optional<Row> find(RecordKey key) {
    return find(database, key, clock.instant());
  }

  static Optional<Row> find(Database database, RecordKey key, Instant now) {
    return database.read(state -> state.get(RECORDS, key)).filter(row -> row.record().isLive(now));
  }

  <R> R read(Function<ReadTransaction, R> body) {
    return database.read(body);
  }

  /** Accepts one write; the stage completes when it is on the disk. */
  CompletionStage<WriteAnswer> write(AcceptedWrite write) {
    Instant now = clock.instant();
    return signal(database.write(change -> accept(change, write, now)));
  }

  private WriteAnswer accept(WriteTransaction change, AcceptedWrite write, Instant now) {
    Optional<Row> there = change.get(RECORDS, write.key());
    Optional<Row> live = there.filter(row -> row.record().isLive(now));
    Optional<Outcome> refusal = write.condition().check(live);
    if (refusal.isPresent()) {
      return new WriteAnswer(refusal.get(), live.orElse(null));
    }
    if (live.filter(row -> write.repeats(row.record())).isPresent()) {
      return new WriteAnswer(Outcome.UNCHANGED, live.get());
    }
    Version version = new Version(tick(change, now), origin);
    Map<String, Long> known =
        StoredRecord.union(there.map(Row::seen).orElse(Map.of()), Map.of(origin, version.clock()));
    StoredRecord record = write.record(version, known);
    Row row = new Row(write.key().kind(), write.key().name(), record, 0, write.forward(), known);
    Row placed = Rows.append(change, row, now.toEpochMilli());
    return record.deleted()
        ? new WriteAnswer(Outcome.DELETED, placed)
        : new WriteAnswer(Outcome.STORED, placed);
  }

  private static long tick(WriteTransaction change, Instant now) {
    long last = change.get(NUMBERS, CLOCK).orElse(0L);
    long next = Math.max(last + 1, Version.clockAt(now));
    change.put(NUMBERS, CLOCK, next);
    return next;
  }

  /**
   * Merges what another installation has, in one transaction; the order and repetitions make no
   * difference.
   *
   * @param forward whether it goes on to this installation's servers
   * @return how many of them were news
   * @throws HeldChangeException (in the stage) when one is dated too far ahead; nothing is stored
   */
  CompletionStage<Integer> merge(List<Row> rows, boolean forward) {
    Instant now = clock.instant();
    return signal(
        database.write(
            change -> {
              int news = 0;
              for (Row row : rows) {
                news += merge(change, row, forward, now) ? 1 : 0;
              }
              return news;
            }));
  }

  private boolean merge(WriteTransaction change, Row incoming, boolean forward, Instant now) {
    StoredRecord record = incoming.record();
    if (record.version().clock() > Version.clockAt(now.plus(skew))) {
      throw new HeldChangeException(incoming);
    }
    long last = change.get(NUMBERS, CLOCK).orElse(0L);
    change.put(NUMBERS, CLOCK, Math.max(last, record.version().clock()));
    Optional<Row> there = change.get(RECORDS, incoming.key());
    if (there.isEmpty()) {
      store(change, incoming, record.known(), forward, now);
      return true;
    }
    Row local = there.get();
    Map<String, Long> seen = StoredRecord.union(local.seen(), record.known());
    if (record.wins(local.record())) {
      if (!local.record().deleted() && !record.knew(local.record().version())) {
        losers.keep(change, local.key(), local.record(), now);
      }
      store(change, incoming, seen, forward, now);
      return true;
    }
    boolean same = record.version().equals(local.record().version());
    if (same && forward && !local.forward()) {
      store(change, local, seen, true, now);
    } else if (!same && !isKnown(local, record.version())) {
      if (!record.deleted()) {
        losers.keep(change, local.key(), record, now);
      }
      Rows.put(change, withSeen(local, seen), now.toEpochMilli());
    }
    return false;
  }

  private static boolean isKnown(Row local, Version version) {
    return local.seen().getOrDefault(version.origin(), Long.MIN_VALUE) >= version.clock();
  }

  private static void store(
      WriteTransaction change, Row row, Map<String, Long> seen, boolean forward, Instant now) {
    Row merged = new Row(row.kind(), row.name(), row.record(), 0, forward, seen);
    Rows.append(change, merged, now.toEpochMilli());
  }

  private static Row withSeen(Row row, Map<String, Long> seen) {
    return new Row(row.kind(), row.name(), row.record(), row.revision(), row.forward(), seen);
  }

  /** What changed after a revision, each record once, where it changed last. */
  ChangeBatch changes(long after) {
    return changes(database, after, ChangeLimits.ROWS, life);
  }

  static ChangeBatch changes(Database database, long after, int most, String life) {
    return database.read(
        state -> {
          List<Row> rows = new ArrayList<>();
          long[] bytes = {0};
          state.scan(
              LOG,
              Range.after(after),
              (revision, key) -> {
                Row row = state.get(RECORDS, key).orElseThrow();
                rows.add(row);
                bytes[0] += row.bytes();
                return rows.size() < most && bytes[0] < ChangeLimits.BYTES;
              });
          return new ChangeBatch(rows, Rows.revision(state), Rows.floor(state), life, false, false);
        });
  }

  /**
   * Whether what a replica has of this log is still a beginning of it: its tombstones were not
   * removed meanwhile, and the log was not set back, as by a restored backup.
   *
   * @param since the life that wrote what it got last
   */
  boolean continues(String since, long revision) {
    return database.read(
        state -> {
          if (revision == 0) {
            return true;
          }
          if (revision < Rows.floor(state) || revision > Rows.revision(state)) {
            return false;
          }
          boolean[] found = {false};
          long[] end = {Long.MAX_VALUE};
          state.scan(
              LIVES,
              Range.all(),
              (first, name) -> {
                if (found[0]) {
                  end[0] = first - 1;
                  return false;
                }
                found[0] = name.equals(since);
                return true;
              });
          return found[0] && revision <= end[0];
        });
  }

  /**
   * Replaces what has expired by tombstones of the same version, so that every installation comes
   * to the same; a bounded number of them.
   *
   * @return how many
   */
  int bury() {
    Instant now = clock.instant();
    return signal(database.write(change -> bury(change, now))).toCompletableFuture().join();
  }

  private static int bury(WriteTransaction change, Instant now) {
    List<RecordKey> due = new ArrayList<>();
    change.scan(
        EXPIRIES,
        Range.<Due>all().upTo(new Due(now.toEpochMilli(), Long.MAX_VALUE)),
        (moment, key) -> {
          due.add(key);
          return due.size() < ChangeLimits.ROWS;
        });
    for (RecordKey key : due) {
      Row row = change.get(RECORDS, key).orElseThrow();
      Row buried =
          new Row(row.kind(), row.name(), row.record().buried(), 0, row.forward(), row.seen());
      Rows.append(change, buried, now.toEpochMilli());
    }
    return due.size();
  }

  /** Forgets deletions and losers that are old enough; a bounded number of them. */
  void forget(Duration tombstones) {
    Instant now = clock.instant();
    long before = now.minus(tombstones).toEpochMilli();
    var _ =
        database.writeAndWait(
            change -> {
              long[] upTo = {0};
              int[] count = {0};
              change.scan(
                  TOMBSTONES,
                  Range.all(),
                  (revision, since) -> {
                    if (since < before) {
                      upTo[0] = revision;
                    }
                    return since < before && ++count[0] < ChangeLimits.ROWS;
                  });
              if (upTo[0] > 0) {
                Rows.purge(change, upTo[0], ChangeLimits.ROWS + 1);
              }
              return losers.expire(change, now);
            });
  }

  /**
   * Makes the hashes anew from the records.
   *
   * @return how many were wrong
   */
  int verify() {
    return database.writeAndWait(
        change -> {
          Map<Long, Long> found = new HashMap<>();
          change.scan(
              RECORDS,
              Range.all(),
              (key, row) -> {
                found.merge((long) key.bucket(), row.hash(), (one, other) -> one ^ other);
                return true;
              });
          int wrong = 0;
          for (long range = 0; range < RecordKey.BUCKETS; range++) {
            long right = found.getOrDefault(range, 0L);
            if (change.get(HASHES, range).orElse(0L) != right) {
              change.put(HASHES, range, right);
              wrong++;
            }
          }
          return wrong;
        });
  }

  private <T> CompletionStage<T> signal(CompletionStage<T> written) {
    return written.whenComplete(
        (answer, failure) -> {
          if (failure == null) {
            signals.reached(database.read(Rows::revision));
          }
        });
  }
}
