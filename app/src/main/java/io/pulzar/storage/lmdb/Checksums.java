package io.pulzar.storage.lmdb;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.engine.RecordForms;
import java.nio.ByteBuffer;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

/** Adds checksums to the records of a table that was written without. */
final class Checksums {

  private Checksums() {}

  static void add(Txn<ByteBuffer> txn, Dbi<ByteBuffer> tree) {
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
      if (value.capacity() < found.remaining() + Integer.BYTES) {
        value = ByteBuffer.allocateDirect(found.remaining() + Integer.BYTES);
      }
      value.clear().put(found.duplicate());
      int checksum = RecordForms.checksum(key, value.duplicate().flip());
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
}
