package io.pulzar.storage;

/** One entry of a table. */
public record Entry<K, V>(K key, V value) {}
