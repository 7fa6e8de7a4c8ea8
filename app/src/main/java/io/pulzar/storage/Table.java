package io.pulzar.storage;

/**
 * One ordered table of a database: its name and how its keys and values become bytes.
 *
 * <p>A table is a constant of the feature that owns it; it holds no connection. The name and both
 * forms are the format on disk: changing one of them needs a new name, or a new {@link #format}.
 *
 * @param name unique in its database
 * @param checked whether each record carries a checksum over its key and its value
 */
public record Table<K, V>(String name, KeyForm<K> keys, ValueForm<V> values, boolean checked) {

  /** How a table looks on the disk; the database keeps it for each, and brings older ones up. */
  public static final int PLAIN = 1;

  /** Each value is followed by four bytes: the CRC-32C of key and value. */
  public static final int CHECKED = 2;

  /** One whose records are as their forms write them: for indexes, which can be made anew. */
  public Table(String name, KeyForm<K> keys, ValueForm<V> values) {
    this(name, keys, values, false);
  }

  /** The same, with records that tell when the disk changed them. */
  public Table<K, V> withChecksums() {
    return new Table<>(name, keys, values, true);
  }

  /** The format that this program writes. */
  public int format() {
    return checked ? CHECKED : PLAIN;
  }
}
