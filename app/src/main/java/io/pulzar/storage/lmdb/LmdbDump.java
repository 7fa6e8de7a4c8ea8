package io.pulzar.storage.lmdb;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.engine.About;
import io.pulzar.storage.engine.DumpReader;
import io.pulzar.storage.engine.DumpWriter;
import io.pulzar.storage.engine.RecordForms;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/** A database as a stream of bytes, independent of page sizes and of free space, and back. */
final class LmdbDump {

  private static final int MOST_TABLES = 64;

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
    try {
      DumpWriter out = new DumpWriter(target);
      for (Map.Entry<String, Dbi<ByteBuffer>> tree : new TreeMap<>(trees).entrySet()) {
        out.beginTable(tree.getKey());
        try (Cursor<ByteBuffer> cursor = tree.getValue().openCursor(txn)) {
          for (boolean there = cursor.first(); there; there = cursor.next()) {
            atEachEntry.run();
            out.entry(RecordForms.bytes(cursor.key()), RecordForms.bytes(cursor.val()));
          }
        }
        out.endTable();
      }
      out.end();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes all tables that are in a folder. */
  static void write(Path directory, OutputStream target) throws IOException {
    new DataFile(directory).check(Long.MAX_VALUE);
    try (Env<ByteBuffer> env =
        Env.create()
            .setMapSize(LmdbLimits.DEFAULT.mostMapBytes())
            .setMaxDbs(MOST_TABLES)
            .open(directory.toFile(), 0600, EnvFlags.MDB_RDONLY_ENV)) {
      Map<String, Dbi<ByteBuffer>> trees = new TreeMap<>();
      for (byte[] name : env.getDbiNames()) {
        String table = new String(name, StandardCharsets.UTF_8);
        trees.put(table, env.openDbi(table));
      }
      try (Txn<ByteBuffer> txn = env.txnRead()) {
        write(txn, trees, target, () -> {});
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  static void load(InputStream source, Path emptyDirectory, Instant made, Instant restored)
      throws IOException {
    Files.createDirectories(emptyDirectory);
    DumpReader in = new DumpReader(source);
    try (Env<ByteBuffer> env =
        Env.create()
            .setMapSize(LmdbLimits.DEFAULT.mostMapBytes())
            .setMaxDbs(MOST_TABLES)
            .open(emptyDirectory.toFile(), 0600, EnvFlags.MDB_NOSYNC)) {
      for (Optional<String> name = in.nextTable(); name.isPresent(); name = in.nextTable()) {
        Dbi<ByteBuffer> tree = env.openDbi(name.get(), DbiFlags.MDB_CREATE);
        Loading loading = new Loading(env, tree);
        while (loading.takeGroup(in)) {
          // One transaction after the other, until the table ends.
        }
      }
      noteRestored(env, About.restored(made, restored));
      env.sync(true);
    } catch (RuntimeException e) {
      throw new IOException("a database can't be written: " + e.getMessage(), e);
    }
  }

  private static void noteRestored(Env<ByteBuffer> env, Map<String, Long> notes) {
    Dbi<ByteBuffer> about = env.openDbi(About.TABLE.name(), DbiFlags.MDB_CREATE);
    try (Txn<ByteBuffer> txn = env.txnWrite()) {
      notes.forEach(
          (name, number) ->
              about.put(
                  txn,
                  direct(name.getBytes(StandardCharsets.UTF_8)),
                  direct(About.TABLE.values().write(number))));
      txn.commit();
    }
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
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
    boolean takeGroup(DumpReader in) throws IOException {
      long bytes = 0;
      try (Txn<ByteBuffer> txn = env.txnWrite()) {
        boolean more = true;
        while (bytes < GROUP && more) {
          more = in.nextEntry();
          if (more) {
            put(txn, in.key(), in.value());
            bytes += in.key().length + in.value().length;
          }
        }
        txn.commit();
        return more;
      }
    }

    private void put(Txn<ByteBuffer> txn, byte[] k, byte[] v) {
      if (value.capacity() < v.length) {
        value = ByteBuffer.allocateDirect(v.length);
      }
      tree.put(txn, key.clear().put(k).flip(), value.clear().put(v).flip(), PutFlags.MDB_APPEND);
    }
  }
}
