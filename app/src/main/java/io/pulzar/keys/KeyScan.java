package io.pulzar.keys;

import static io.pulzar.keys.KeyTables.KEYS;

import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyTables.IndexRow;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the index in the order of keys and collects the first that fit.
 *
 * <p>Names are looked at before values are read, so a search costs one comparison for each key that
 * does not fit. Long keys that share their head are not in order in the table (see {@link
 * StoredName}): the smallest {@code limit} of them are sorted in memory.
 */
final class KeyScan {

  private final String prefix;
  private final String after;
  private final int limit;
  private String text = "";

  private final List<Row> found = new ArrayList<>();

  /** Long keys that share {@link #head}, sorted; never more than are still wanted. */
  private final TreeMap<Key, Location> sharing = new TreeMap<>();

  private @Nullable String head;

  KeyScan(String prefix, String after, int limit) {
    this.prefix = prefix;
    this.after = after;
    this.limit = limit;
  }

  /** Only keys that contain {@code wanted}. */
  KeyScan containing(String wanted) {
    this.text = wanted;
    return this;
  }

  List<Row> run(ReadTransaction transaction, BiPredicate<Key, Location> fits) {
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
            lookAt(name, transaction, name, fits);
          } else {
            head = StoredName.head(name);
            lookAtLong(name, transaction, fits);
          }
          return found.size() < limit;
        });
    takeSharing();
    return found;
  }

  private Range<String> start() {
    String first = after.compareTo(prefix) >= 0 ? after : prefix;
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
    int shared = Math.min(prefix.length(), StoredName.WHOLE);
    return !name.regionMatches(0, prefix, 0, shared);
  }

  private void lookAt(
      String path, ReadTransaction transaction, String name, BiPredicate<Key, Location> fits) {
    if (fitsName(path)) {
      transaction
          .get(KEYS, name)
          .map(IndexRow::location)
          .ifPresent(
              location -> {
                Key key = new Key(path);
                if (fits.test(key, location)) {
                  found.add(new Row(key, location));
                }
              });
    }
  }

  private void lookAtLong(
      String name, ReadTransaction transaction, BiPredicate<Key, Location> fits) {
    transaction
        .get(KEYS, name)
        .ifPresent(
            row -> {
              if (fitsName(row.path()) && row.path().compareTo(after) > 0) {
                Key key = new Key(row.path());
                if (fits.test(key, row.location())) {
                  sharing.put(key, row.location());
                  if (sharing.size() > limit - found.size()) {
                    sharing.pollLastEntry();
                  }
                }
              }
            });
  }

  private boolean fitsName(String path) {
    return path.startsWith(prefix) && (text.isEmpty() || path.contains(text));
  }

  private void takeSharing() {
    sharing.forEach((key, location) -> found.add(new Row(key, location)));
    sharing.clear();
    head = null;
  }
}
