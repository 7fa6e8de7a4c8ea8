package io.pulzar.storage;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How keys of a table become bytes. The order of the bytes, compared as unsigned numbers, is the
 * order of the table.
 *
 * @see KeyWriter
 */
public interface KeyForm<K> {

  /** Bytes of one key: what the narrowest engine, LMDB, can take. */
  int LONGEST = 511;

  void write(K key, KeyWriter out);

  K read(KeyReader in);

  /** A key of one or more parts; {@code read} reads the parts in the order they were written. */
  static <K> KeyForm<K> of(BiConsumer<K, KeyWriter> write, Function<KeyReader, K> read) {
    return new KeyForm<>() {
      @Override
      public void write(K key, KeyWriter out) {
        write.accept(key, out);
      }

      @Override
      public K read(KeyReader in) {
        return read.apply(in);
      }
    };
  }

  /** Numbers in their natural order, negative ones first. */
  static KeyForm<Long> number() {
    return of((key, out) -> out.number(key), KeyReader::number);
  }

  /** Text, ordered by its UTF-8 bytes, which is the order of its code points. */
  static KeyForm<String> text() {
    return of((key, out) -> out.lastText(key), KeyReader::lastText);
  }
}
