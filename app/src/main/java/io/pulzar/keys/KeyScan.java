package io.pulzar.keys;

import static io.pulzar.keys.KeyTables.KEYS;

import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyTables.IndexRow;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the index in the order of keys and collects the first that fit.
 *
 * <p>Names are looked at before values are read, so a search costs one comparison for each key that
 * does not fit. Long keys that share their head are not in order in the table (see {@link
 * StoredName}): the smallest {@code limit} of them are sorted in memory.
 */
final class KeyScan {

  private final KeyFilter filter;
  private final String after;
  private final int limit;
  private final Instant now;

  private final List<Row> found = new ArrayList<>();

  /** Long keys that share {@link #head}, sorted; never more than are still wanted. */
  private final TreeMap<Key, Location> sharing = new TreeMap<>();

  private @Nullable String head;

  KeyScan(KeyFilter filter, String after, int limit, Instant now) {
    this.filter = filter;
    this.after = after;
    this.limit = limit;
    this.now = now;
  }

  List<Row> run(ReadTransaction transaction) {
    transaction.scanKeys(
        KEYS,
        start(),
        name -> {
          if (head != null && !name.startsWith(head)) {
            takeSharing();
          }
          if (found.size() >= limit || isBeyondPrefix(name)) {
            return false;
          }
          if (StoredName.isWhole(name)) {
            lookAt(transaction, name);
          } else {
            head = StoredName.head(name);
            lookAtLong(transaction, name);
          }
          return found.size() < limit;
        });
    takeSharing();
    return found;
  }

  private Range<String> start() {
    String first = after.compareTo(filter.prefix()) >= 0 ? after : filter.prefix();
    if (first.isEmpty()) {
      return Range.all();
    }
    if (first.length() > StoredName.WHOLE) {
      return Range.from(StoredName.head(first));
    }
    return first.equals(after) ? Range.after(first) : Range.from(first);
  }

  /** Whether no name from here on can begin with the prefix. */
  private boolean isBeyondPrefix(String name) {
    int shared = Math.min(filter.prefix().length(), StoredName.WHOLE);
    return !name.regionMatches(0, filter.prefix(), 0, shared);
  }

  private void lookAt(ReadTransaction transaction, String name) {
    if (filter.fitsName(name)) {
      transaction
          .get(KEYS, name)
          .map(IndexRow::location)
          .filter(location -> filter.fits(location, now))
          .ifPresent(location -> found.add(new Row(new Key(name), location)));
    }
  }

  private void lookAtLong(ReadTransaction transaction, String name) {
    transaction
        .get(KEYS, name)
        .filter(row -> filter.fitsName(row.path()) && row.path().compareTo(after) > 0)
        .filter(row -> filter.fits(row.location(), now))
        .ifPresent(row -> share(new Key(row.path()), row.location()));
  }

  private void share(Key key, Location location) {
    sharing.put(key, location);
    if (sharing.size() > limit - found.size()) {
      sharing.pollLastEntry();
    }
  }

  private void takeSharing() {
    sharing.forEach((key, location) -> found.add(new Row(key, location)));
    sharing.clear();
    head = null;
  }
}
