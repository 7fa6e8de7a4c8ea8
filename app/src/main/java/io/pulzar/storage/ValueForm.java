package io.pulzar.storage;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How values of a table become bytes. */
public interface ValueForm<V> {

  byte[] write(V value);

  /**
   * Reads a value.
   *
   * @param bytes exactly the value's bytes, valid only during this call: what is kept is copied
   */
  V read(ByteBuffer bytes);

  /** A value of several fields; {@code read} reads the fields in the order they were written. */
  static <V> ValueForm<V> fields(BiConsumer<V, FieldWriter> write, Function<FieldReader, V> read) {
    return new ValueForm<>() {
      @Override
      public byte[] write(V value) {
        FieldWriter out = new FieldWriter();
        write.accept(value, out);
        return out.toBytes();
      }

      @Override
      public V read(ByteBuffer bytes) {
        return read.apply(new FieldReader(bytes));
      }
    };
  }

  static ValueForm<Long> number() {
    return fields((value, out) -> out.number(value), FieldReader::number);
  }

  static ValueForm<String> text() {
    return fields((value, out) -> out.text(value), FieldReader::text);
  }

  static ValueForm<byte[]> bytes() {
    return new ValueForm<>() {
      @Override
      public byte[] write(byte[] value) {
        return value;
      }

      @Override
      public byte[] read(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
      }
    };
  }

  /** No value: the table is a set of keys. */
  static ValueForm<Present> present() {
    return fields((value, out) -> {}, in -> Present.YES);
  }

  /** The only value of a table that is a set. */
  enum Present {
    YES
  }
}
