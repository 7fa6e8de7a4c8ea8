package io.pulzar.storage.lmdb;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.StorageVersionException;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.WriteTransaction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

/**
 * What a database says about itself, in a table of its own: the format of each table, and whether
 * it was put back from a backup.
 */
final class About {

  static final Table<String, Long> TABLE =
      new Table<>("pulzar_about", KeyForm.text(), ValueForm.number());

  private static final String FORMAT = "format ";
  private static final String MADE = "backup made";
  private static final String RESTORED = "backup restored";
  private static final String SEEN = "backup seen by ";
  private static final int CHECKSUM = Integer.BYTES;

  private About() {}

  /**
   * Brings a table to the format of this program, and notes that.
   *
   * @throws StorageVersionException when it has a later one
   */
  static void bringUp(
      Path directory,
      OpenTransaction open,
      Txn<ByteBuffer> txn,
      Dbi<ByteBuffer> tree,
      Table<?, ?> table) {
    String name = FORMAT + table.name();
    Optional<Long> noted = open.get(TABLE, name);
    long format = noted.orElse((long) Table.PLAIN);
    if (format > table.format()) {
      throw new StorageVersionException(
          directory
              + " was written by a newer Pulzar (table "
              + table.name()
              + " in format "
              + format
              + ", this one knows "
              + table.format()
              + "): use that version, or restore a backup that this one made");
    }
    if (format < Table.CHECKED && table.checked()) {
      addChecksums(txn, tree);
    }
    if (!noted.equals(Optional.of((long) table.format()))) {
      open.put(TABLE, name, (long) table.format());
    }
  }

  private static void addChecksums(Txn<ByteBuffer> txn, Dbi<ByteBuffer> tree) {
    ByteBuffer key = ByteBuffer.allocateDirect(KeyForm.LONGEST);
    ByteBuffer value = ByteBuffer.allocateDirect(1 << 16);
    boolean more;
    try (Cursor<ByteBuffer> cursor = tree.openCursor(txn)) {
      more = cursor.first();
      if (more) {
        key.clear().put(cursor.key().duplicate()).flip();
      }
    }
    while (more) {
      ByteBuffer found = tree.get(txn, key);
      if (value.capacity() < found.remaining() + CHECKSUM) {
        value = ByteBuffer.allocateDirect(found.remaining() + CHECKSUM);
      }
      value.clear().put(found.duplicate());
      int checksum = checksum(key, value.duplicate().flip());
      value.putInt(checksum).flip();
      tree.put(txn, key, value);
      try (Cursor<ByteBuffer> cursor = tree.openCursor(txn)) {
        more = cursor.get(key, GetOp.MDB_SET_RANGE) && cursor.next();
        if (more) {
          key.clear().put(cursor.key().duplicate()).flip();
        }
      }
    }
  }

  /** Of a record; leaves the positions as they are. */
  static int checksum(ByteBuffer key, ByteBuffer value) {
    CRC32C checksum = new CRC32C();
    checksum.update(key.duplicate());
    checksum.update(value.duplicate());
    return (int) checksum.getValue();
  }

  /** Notes in a database that is being put back when its state was copied, and when put back. */
  static void noteRestored(
      Txn<ByteBuffer> txn, Dbi<ByteBuffer> tree, long madeMillis, long nowMillis) {
    put(txn, tree, MADE, madeMillis);
    put(txn, tree, RESTORED, nowMillis);
  }

  private static void put(Txn<ByteBuffer> txn, Dbi<ByteBuffer> tree, String name, long number) {
    tree.put(
        txn,
        direct(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        direct(TABLE.values().write(number)));
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** See {@link WriteTransaction#afterRestore}. */
  static Optional<Duration> afterRestore(WriteTransaction tx, String who) {
    Optional<Long> restored = tx.get(TABLE, RESTORED);
    if (restored.isEmpty() || tx.get(TABLE, SEEN + who).equals(restored)) {
      return Optional.empty();
    }
    tx.put(TABLE, SEEN + who, restored.get());
    long made = tx.get(TABLE, MADE).orElse(0L);
    return Optional.of(Duration.ofMillis(Math.max(0, restored.get() - made)));
  }
}
