package io.pulzar.storage;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** One consistent view of all tables. Valid only inside the function that received it. */
public interface ReadTransaction {

  /**
   * The value under a key.
   *
   * @throws UnreadableRecordException when it is not what was written
   */
  <K, V> Optional<V> get(Table<K, V> table, K key);

  /**
   * The same for lists, which leave a record out that can't be read; it is told in the log. Never
   * to be used where its absence would decide something.
   */
  <K, V> Optional<V> getReadable(Table<K, V> table, K key);

  <K, V> boolean contains(Table<K, V> table, K key);

  /**
   * Goes through a range, leaving out records that can't be read, until {@code visitor} answers
   * false. The visitor must not write to the table; collect first, then write.
   */
  <K, V> void scan(Table<K, V> table, Range<K> range, BiPredicate<K, V> visitor);

  /** The same without reading values: for indexes and for counting. */
  <K> void scanKeys(Table<K, ?> table, Range<K> range, KeyVisitor<K> visitor);

  TableStatistics statistics(Table<?, ?> table);

  /**
   * Writes every table to a stream, in the form that {@link StorageEngine#load} reads.
   *
   * @throws java.io.UncheckedIOException when the stream can't be written
   */
  void dumpTo(OutputStream out);

  /** The first {@code limit} entries of a range. */
  default <K, V> List<Entry<K, V>> page(Table<K, V> table, Range<K> range, int limit) {
    List<Entry<K, V>> page = new ArrayList<>();
    if (limit > 0) {
      scan(
          table,
          range,
          (key, value) -> {
            page.add(new Entry<>(key, value));
            return page.size() < limit;
          });
    }
    return page;
  }

  default <K, V> Optional<Entry<K, V>> first(Table<K, V> table, Range<K> range) {
    return page(table, range, 1).stream().findFirst();
  }

  default long entries(Table<?, ?> table) {
    return statistics(table).entries();
  }

  /** Sees one key of a scan and says whether to go on. */
  @FunctionalInterface
  interface KeyVisitor<K> {
    boolean visit(K key);
  }
}
