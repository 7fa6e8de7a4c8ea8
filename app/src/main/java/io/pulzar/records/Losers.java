package io.pulzar.records;

import static io.pulzar.records.RecordTables.LOST;
import static io.pulzar.records.RecordTables.LOST_OF;
import static io.pulzar.records.RecordTables.NUMBERS;

import io.pulzar.records.RecordTables.Lost;
import io.pulzar.records.RecordTables.LostOf;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps versions that lost against one that did not know them, for a person to look at.
 *
 * @param age how long
 * @param mostBytes of all together; the oldest go first
 */
record Losers(Duration age, long mostBytes) {

  private static final String NEXT = "losers.next";
  private static final String BYTES = "losers.bytes";
  private static final int MOST_IN_ONE_GO = 1_000;

  void keep(WriteTransaction change, RecordKey key, StoredRecord record, Instant now) {
    long number = change.get(NUMBERS, NEXT).orElse(0L);
    change.put(NUMBERS, NEXT, number + 1);
    change.put(LOST, number, new Lost(key, now.toEpochMilli(), record));
    change.put(LOST_OF, new LostOf(key.hash(""), number), ValueForm.Present.YES);
    change.put(NUMBERS, BYTES, bytes(change) + sizeOf(record));
    while (bytes(change) > mostBytes && dropOldest(change, Long.MAX_VALUE)) {}
  }

  /** Drops what is too old, a bounded number of them. */
  int expire(WriteTransaction change, Instant now) {
    long before = now.minus(age).toEpochMilli();
    int dropped = 0;
    while (dropped < MOST_IN_ONE_GO && dropOldest(change, before)) {
      dropped++;
    }
    return dropped;
  }

  private static boolean dropOldest(WriteTransaction change, long keptBefore) {
    Optional<Entry<Long, Lost>> oldest =
        change.first(LOST, Range.all()).filter(entry -> entry.value().kept() < keptBefore);
    oldest.ifPresent(
        entry -> {
          Lost lost = entry.value();
          change.delete(LOST, entry.key());
          change.delete(LOST_OF, new LostOf(lost.key().hash(""), entry.key()));
          change.put(NUMBERS, BYTES, bytes(change) - sizeOf(lost.record()));
        });
    return oldest.isPresent();
  }

  /** The newest first. */
  static List<StoredRecord> of(ReadTransaction state, RecordKey key, int most) {
    List<StoredRecord> found = new ArrayList<>();
    long hash = key.hash("");
    state.scanKeys(
        LOST_OF,
        Range.downFrom(new LostOf(hash, Long.MAX_VALUE)).upTo(new LostOf(hash, Long.MIN_VALUE)),
        lost -> {
          state
              .get(LOST, lost.number())
              .filter(entry -> entry.key().equals(key))
              .ifPresent(entry -> found.add(entry.record()));
          return found.size() < most;
        });
    return found;
  }

  static long bytes(ReadTransaction state) {
    return state.get(NUMBERS, BYTES).orElse(0L);
  }

  private static long sizeOf(StoredRecord record) {
    return 100L + record.body().length();
  }
}
