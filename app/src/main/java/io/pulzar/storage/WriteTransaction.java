package io.pulzar.storage;

import java.time.Duration;
import java.util.Optional;

/** A view that can change tables; it sees its own changes. */
public interface WriteTransaction extends ReadTransaction {

  /** Stores a value, replacing the one that is there. */
  <K, V> void put(Table<K, V> table, K key, V value);

  /**
   * Stores a value unless the key is there.
   *
   * @return whether it was stored
   */
  default <K, V> boolean putIfAbsent(Table<K, V> table, K key, V value) {
    if (contains(table, key)) {
      return false;
    }
    put(table, key, value);
    return true;
  }

  /**
   * Whether the database was put back from a backup, said once to each who asks.
   *
   * @param who asks; part of what is kept
   * @return how long before it was put back its state was copied: what happened in between is gone,
   *     but others may know of it
   */
  Optional<Duration> afterRestore(String who);

  /**
   * Removes an entry.
   *
   * @return whether it was there
   */
  <K> boolean delete(Table<K, ?> table, K key);
}
