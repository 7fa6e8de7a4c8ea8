package io.pulzar.records;

import static io.pulzar.records.RecordTables.EXPIRIES;
import static io.pulzar.records.RecordTables.HASHES;
import static io.pulzar.records.RecordTables.LOG;
import static io.pulzar.records.RecordTables.NUMBERS;
import static io.pulzar.records.RecordTables.RECORDS;
import static io.pulzar.records.RecordTables.TOMBSTONES;

import io.pulzar.records.RecordTables.Due;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.List;

/**
 * The one way in which a record's row changes: with its place in the log, its expiry and the hash
 * of its range, in one transaction. The hashes are those of all rows at the revision of that
 * moment, tombstones included; a replica with the same revision has the same.
 */
final class Rows {

  static final String REVISION = "revision";

  /** Up to which revision tombstones have been removed. */
  static final String FLOOR = "floor";

  private static final String LIVE = "live.";

  private Rows() {}

  static long revision(ReadTransaction state) {
    return state.get(NUMBERS, REVISION).orElse(0L);
  }

  static long floor(ReadTransaction state) {
    return state.get(NUMBERS, FLOOR).orElse(0L);
  }

  /** How many there are that are no tombstones. */
  static long live(ReadTransaction state, Kind kind) {
    return state.get(NUMBERS, LIVE + kind).orElse(0L);
  }

  /** Stores the row at the next revision. */
  static Row append(WriteTransaction change, Row row, long nowMillis) {
    long next = revision(change) + 1;
    Row placed = row.at(next);
    put(change, placed, nowMillis);
    change.put(NUMBERS, REVISION, next);
    return placed;
  }

  /** Stores the row at the revision that it has. */
  static void put(WriteTransaction change, Row row, long nowMillis) {
    remove(change, row.key());
    change.put(RECORDS, row.key(), row);
    change.put(LOG, row.revision(), row.key());
    if (row.record().deleted()) {
      change.put(TOMBSTONES, row.revision(), nowMillis);
    } else {
      count(change, row.kind(), 1);
    }
    if (row.record().expires() > 0) {
      change.put(EXPIRIES, new Due(row.record().expires(), row.revision()), row.key());
    }
    mix(change, row);
  }

  /** Removes the row, leaving no trace of it. */
  static void remove(WriteTransaction change, RecordKey key) {
    change
        .get(RECORDS, key)
        .ifPresent(
            row -> {
              change.delete(RECORDS, key);
              change.delete(LOG, row.revision());
              if (row.record().deleted()) {
                change.delete(TOMBSTONES, row.revision());
              } else {
                count(change, row.kind(), -1);
              }
              change.delete(EXPIRIES, new Due(row.record().expires(), row.revision()));
              mix(change, row);
            });
  }

  /**
   * Removes tombstones up to a revision; whoever has not come that far yet must compare everything.
   *
   * @param most in one transaction
   * @return whether there may be more
   */
  static boolean purge(WriteTransaction change, long upTo, int most) {
    List<Long> revisions = new ArrayList<>();
    change.scan(
        TOMBSTONES,
        Range.<Long>all().upTo(upTo),
        (revision, since) -> {
          revisions.add(revision);
          return revisions.size() < most;
        });
    for (long revision : revisions) {
      change.get(LOG, revision).ifPresent(key -> remove(change, key));
      change.delete(TOMBSTONES, revision);
    }
    boolean more = revisions.size() == most;
    long floor = more ? revisions.getLast() : upTo;
    change.put(NUMBERS, FLOOR, Math.max(floor, floor(change)));
    return more;
  }

  private static void count(WriteTransaction change, Kind kind, int by) {
    change.put(NUMBERS, LIVE + kind, live(change, kind) + by);
  }

  private static void mix(WriteTransaction change, Row row) {
    long bucket = row.key().bucket();
    change.put(HASHES, bucket, change.get(HASHES, bucket).orElse(0L) ^ row.hash());
  }
}
