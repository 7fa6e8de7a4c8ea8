package io.pulzar.storage.engine;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.KeyReader;
import io.pulzar.storage.KeyWriter;
import io.pulzar.storage.Table;
import io.pulzar.storage.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * How the records of a table look in any engine: the key; the value, and where the table has
 * checksums, four bytes more with the CRC-32C of both. Remembers what could not be read.
 */
public final class RecordForms {

  private static final int CHECKSUM = Integer.BYTES;

  private final UnreadableRecords unreadable;

  public RecordForms(UnreadableRecords unreadable) {
    this.unreadable = unreadable;
  }

  /**
   * Writes a key and flips the buffer.
   *
   * @param into has room for {@link KeyForm#LONGEST} bytes
   */
  public static <K> void writeKey(KeyForm<K> form, K key, ByteBuffer into) {
    into.clear();
    form.write(key, new KeyWriter(into));
    into.flip();
    if (!into.hasRemaining()) {
      throw new IllegalArgumentException("a key has at least one byte");
    }
  }

  public static <K> byte[] key(Table<K, ?> table, K key) {
    ByteBuffer buffer = ByteBuffer.allocate(KeyForm.LONGEST);
    writeKey(table.keys(), key, buffer);
    return bytes(buffer);
  }

  public static <V> byte[] value(Table<?, V> table, byte[] key, V value) {
    byte[] bytes = table.values().write(value);
    return table.checked() ? withChecksum(key, bytes) : bytes;
  }

  public static byte[] withChecksum(byte[] key, byte[] value) {
    return ByteBuffer.allocate(value.length + CHECKSUM)
        .put(value)
        .putInt(checksum(ByteBuffer.wrap(key), ByteBuffer.wrap(value)))
        .array();
  }

  /** Of a record; leaves the positions as they are. */
  public static int checksum(ByteBuffer key, ByteBuffer value) {
    CRC32C checksum = new CRC32C();
    checksum.update(key.duplicate());
    checksum.update(value.duplicate());
    return (int) checksum.getValue();
  }

  /**
   * Reads a key.
   *
   * @throws UnreadableRecordException when it is malformed
   */
  public <K> K readKey(Table<K, ?> table, ByteBuffer bytes) {
    try {
      return table.keys().read(new KeyReader(bytes.duplicate()));
    } catch (RuntimeException malformed) {
      throw unreadable(table, bytes, "its key is malformed");
    }
  }

  /**
   * Reads the value of a record.
   *
   * @throws UnreadableRecordException when it is malformed, or its checksum another one
   */
  public <V> V readValue(Table<?, V> table, ByteBuffer key, ByteBuffer found) {
    ByteBuffer bytes = found.duplicate();
    if (table.checked()) {
      int length = bytes.remaining() - CHECKSUM;
      if (length < 0) {
        throw unreadable(table, key, "it is too short");
      }
      int stored = bytes.getInt(bytes.position() + length);
      bytes.limit(bytes.position() + length);
      if (stored != checksum(key, bytes)) {
        throw unreadable(table, key, "it has another checksum than when it was written");
      }
    }
    try {
      return table.values().read(bytes);
    } catch (RuntimeException malformed) {
      throw unreadable(table, key, "it is malformed: " + malformed);
    }
  }

  private UnreadableRecordException unreadable(Table<?, ?> table, ByteBuffer key, String what) {
    String name = "record " + name(table, key) + " of table " + table.name();
    unreadable.met(name, what);
    return new UnreadableRecordException(name + " can't be read: " + what);
  }

  /** The key as its table writes it, or in hexadecimal when it is not even that. */
  private static String name(Table<?, ?> table, ByteBuffer key) {
    try {
      return String.valueOf(table.keys().read(new KeyReader(key.duplicate())));
    } catch (RuntimeException malformed) {
      return HexFormat.of().formatHex(bytes(key));
    }
  }

  /** A copy of what remains in a buffer, which stays as it is. */
  public static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
