package io.pulzar.storage.lmdb;

import io.pulzar.storage.KeyForm;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * A database as a stream of bytes, independent of page sizes and of free space: a head, then for
 * each table its name and its entries in their order, each with the lengths of key and value.
 */
final class LmdbDump {

  /** The first four bytes; the last is the version of the form. */
  private static final int HEAD = 0x505a4401;

  private static final int MOST_TABLES = 64;
  private static final int LONGEST_VALUE = 1 << 30;

  /** Bytes that one transaction takes in while loading. */
  private static final long GROUP = 16L << 20;

  private LmdbDump() {}

  /**
   * Writes all of it.
   *
   * @param atEachEntry what it throws ends the writing
   */
  static void write(
      Txn<ByteBuffer> txn,
      Map<String, Dbi<ByteBuffer>> trees,
      OutputStream target,
      Runnable atEachEntry) {
    DataOutputStream out = new DataOutputStream(target);
    try {
      out.writeInt(HEAD);
      for (Map.Entry<String, Dbi<ByteBuffer>> tree : new TreeMap<>(trees).entrySet()) {
        out.writeBoolean(true);
        out.writeUTF(tree.getKey());
        writeEntries(txn, tree.getValue(), out, atEachEntry);
      }
      out.writeBoolean(false);
      out.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void writeEntries(
      Txn<ByteBuffer> txn, Dbi<ByteBuffer> tree, DataOutputStream out, Runnable atEachEntry)
      throws IOException {
    try (Cursor<ByteBuffer> cursor = tree.openCursor(txn)) {
      for (boolean there = cursor.first(); there; there = cursor.next()) {
        atEachEntry.run();
        out.writeBoolean(true);
        write(cursor.key(), out);
        write(cursor.val(), out);
      }
    }
    out.writeBoolean(false);
  }

  private static void write(ByteBuffer bytes, DataOutputStream out) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    out.writeInt(copy.length);
    out.write(copy);
  }

  static void load(InputStream source, Path emptyDirectory, Instant made, Instant restored)
      throws IOException {
    Files.createDirectories(emptyDirectory);
    DataInputStream in = new DataInputStream(source);
    if (in.readInt() != HEAD) {
      throw new IOException("this is no database that this version can read");
    }
    try (Env<ByteBuffer> env =
        Env.create()
            .setMapSize(LmdbLimits.DEFAULT.mostMapBytes())
            .setMaxDbs(MOST_TABLES)
            .open(emptyDirectory.toFile(), 0600, EnvFlags.MDB_NOSYNC)) {
      while (in.readBoolean()) {
        Dbi<ByteBuffer> tree = env.openDbi(in.readUTF(), DbiFlags.MDB_CREATE);
        Loading loading = new Loading(env, tree);
        while (loading.takeGroup(in)) {
          // One transaction after the other, until the table ends.
        }
      }
      Dbi<ByteBuffer> about = env.openDbi(About.TABLE.name(), DbiFlags.MDB_CREATE);
      try (Txn<ByteBuffer> txn = env.txnWrite()) {
        About.noteRestored(txn, about, made.toEpochMilli(), restored.toEpochMilli());
        txn.commit();
      }
      env.sync(true);
    } catch (EOFException e) {
      throw new IOException("the copy of a database ends early", e);
    } catch (RuntimeException e) {
      throw new IOException("a database can't be written: " + e.getMessage(), e);
    }
  }

  /** Takes in the entries of one table. */
  private static final class Loading {

    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> tree;
    private final ByteBuffer key = ByteBuffer.allocateDirect(KeyForm.LONGEST);
    private ByteBuffer value = ByteBuffer.allocateDirect(64 << 10);

    Loading(Env<ByteBuffer> env, Dbi<ByteBuffer> tree) {
      this.env = env;
      this.tree = tree;
    }

    /** Whether more entries follow. */
    boolean takeGroup(DataInputStream in) throws IOException {
      long bytes = 0;
      try (Txn<ByteBuffer> txn = env.txnWrite()) {
        boolean more = in.readBoolean();
        while (more) {
          read(in, key, length(in, KeyForm.LONGEST));
          int length = length(in, LONGEST_VALUE);
          if (value.capacity() < length) {
            value = ByteBuffer.allocateDirect(length);
          }
          read(in, value, length);
          tree.put(txn, key, value, PutFlags.MDB_APPEND);
          bytes += key.limit() + value.limit();
          if (bytes >= GROUP) {
            break;
          }
          more = in.readBoolean();
        }
        txn.commit();
        return more;
      }
    }

    private static int length(DataInputStream in, int most) throws IOException {
      int length = in.readInt();
      if (length < 0 || length > most) {
        throw new IOException("the copy of a database is damaged");
      }
      return length;
    }

    private static void read(DataInputStream in, ByteBuffer into, int length) throws IOException {
      into.clear().put(in.readNBytes(length));
      if (into.position() < length) {
        throw new EOFException();
      }
      into.flip();
    }
  }
}
