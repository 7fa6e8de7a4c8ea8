package io.pulzar.storage;

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
   * Removes an entry.
   *
   * @return whether it was there
   */
  <K> boolean delete(Table<K, ?> table, K key);
}
