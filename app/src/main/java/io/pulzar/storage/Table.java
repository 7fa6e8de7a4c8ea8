package io.pulzar.storage;

/**
 * One ordered table of a database: its name and how its keys and values become bytes.
 *
 * <p>A table is a constant of the feature that owns it; it holds no connection. The name and both
 * forms are the format on disk: changing one of them needs a new name.
 *
 * @param name unique in its database
 */
public record Table<K, V>(String name, KeyForm<K> keys, ValueForm<V> values) {}
