package io.pulzar.records;

import static io.pulzar.records.RecordTables.HASHES;
import static io.pulzar.records.RecordTables.NUMBERS;
import static io.pulzar.records.RecordTables.RECORDS;
import static io.pulzar.records.RecordTables.WORDS;

import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A node's copy of the master's records: the same rows at the same revisions.
 *
 * <p>The log names a record where it changed last. So while only a part of what is new has come, an
 * old change of a record may be missing whose newer one is still to come: a reader may rely on a
 * revision only once a batch has reached the end of the log.
 */
final class Replica {

  private static final String LIFE = "life";
  private static final String POSITION = "position";
  private static final int CLEARED_AT_ONCE = 2_000;

  private final Database database;
  private final RecordSignals signals;

  Replica(Database database, RecordSignals signals) {
    this.database = database;
    this.signals = signals;
  }

  /** Where the next batch begins. */
  long position() {
    return database.read(state -> state.get(NUMBERS, POSITION).orElse(0L));
  }

  /** The master's life that gave the last batch. */
  String life() {
    return database.read(state -> state.get(WORDS, LIFE).orElse(""));
  }

  /** Up to which revision readers can rely on it. */
  long level() {
    return signals.revision();
  }

  Database database() {
    return database;
  }

  <R> R read(Function<ReadTransaction, R> body) {
    return database.read(body);
  }

  /**
   * Takes a batch that follows {@link #position}.
   *
   * @return whether this was all there is
   */
  boolean take(ChangeBatch batch, long nowMillis) {
    if (batch.restart()) {
      clear();
      return false;
    }
    boolean whole = batch.rows().isEmpty() || batch.rows().getLast().revision() >= batch.revision();
    long next = whole ? batch.revision() : batch.rows().getLast().revision();
    boolean purge = whole && batch.floor() > database.read(Rows::floor);
    if (!batch.rows().isEmpty() || purge || next != position() || !batch.life().equals(life())) {
      database.writeAndWait(
          change -> {
            batch.rows().forEach(row -> Rows.put(change, row, nowMillis));
            change.put(NUMBERS, Rows.REVISION, next);
            change.put(NUMBERS, POSITION, next);
            change.put(WORDS, LIFE, batch.life());
            return true;
          });
    }
    if (purge) {
      while (database.writeAndWait(change -> Rows.purge(change, batch.floor(), CLEARED_AT_ONCE))) {}
    }
    if (whole) {
      signals.reached(next);
    }
    return whole;
  }

  /** Forgets everything, in steps, so that a start in the middle begins anew. */
  private void clear() {
    signals.restart();
    database.writeAndWait(
        change -> {
          change.put(NUMBERS, POSITION, 0L);
          change.put(NUMBERS, Rows.REVISION, 0L);
          change.put(NUMBERS, Rows.FLOOR, 0L);
          change.put(WORDS, LIFE, "");
          return true;
        });
    while (database.writeAndWait(Replica::clearSome)) {}
  }

  private static boolean clearSome(WriteTransaction change) {
    List<RecordKey> keys = new ArrayList<>();
    change.scanKeys(
        RECORDS,
        Range.all(),
        key -> {
          keys.add(key);
          return keys.size() < CLEARED_AT_ONCE;
        });
    keys.forEach(key -> Rows.remove(change, key));
    return !keys.isEmpty();
  }

  /** The ranges in which it differs from the master at the same revision. */
  Set<Integer> differing(Map<String, Long> masters) {
    Map<String, Long> own = database.read(Replica::hashes);
    Set<String> ranges = new TreeSet<>(own.keySet());
    ranges.addAll(masters.keySet());
    return ranges.stream()
        .filter(range -> !own.getOrDefault(range, 0L).equals(masters.getOrDefault(range, 0L)))
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Replaces whole ranges. */
  void replace(Set<Integer> ranges, List<Row> rows, long nowMillis) {
    database.writeAndWait(
        change -> {
          List<RecordKey> old = new ArrayList<>();
          change.scanKeys(
              RECORDS,
              Range.all(),
              key -> {
                if (ranges.contains(key.bucket())) {
                  old.add(key);
                }
                return true;
              });
          old.forEach(key -> Rows.remove(change, key));
          ranges.forEach(range -> change.delete(HASHES, (long) range));
          rows.forEach(row -> Rows.put(change, row, nowMillis));
          return true;
        });
  }

  static Map<String, Long> hashes(ReadTransaction state) {
    Map<String, Long> hashes = new HashMap<>();
    state.scan(
        HASHES,
        Range.all(),
        (range, hash) -> {
          if (hash != 0) {
            hashes.put(Long.toString(range), hash);
          }
          return true;
        });
    return hashes;
  }

  static List<Row> rowsIn(ReadTransaction state, Set<Integer> ranges) {
    List<Row> rows = new ArrayList<>();
    state.scanKeys(
        RECORDS,
        Range.all(),
        key -> {
          if (ranges.contains(key.bucket())) {
            rows.add(state.get(RECORDS, key).orElseThrow());
          }
          return true;
        });
    return rows;
  }
}
