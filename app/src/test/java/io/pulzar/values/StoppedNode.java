package io.pulzar.values;

import static io.pulzar.values.ValueTables.VALUES;

import io.pulzar.keys.Key;
import io.pulzar.keys.StoredName;
import io.pulzar.keys.WriteSteps;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.StorageEngine;
import io.pulzar.values.StoredValue.Content;
import io.pulzar.values.ValueTables.VersionName;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The values of a node that is stopped, for tests that damage them behind everybody's back. */
final class StoppedNode implements AutoCloseable {

  private final Path directory;
  private final Database database;

  /**
   * @param directory {@code <home>/node/values}
   */
  StoppedNode(Path directory) {
    this.directory = directory;
    database = StorageEngine.local().open(directory.resolve("index"), ValueTables.ALL);
  }

  /** The one version of a key. */
  StoredValue find(String key) {
    String name = StoredName.of(new Key(key));
    List<StoredValue> found = new ArrayList<>();
    boolean _ =
        database.read(
            tx -> {
              tx.scan(
                  VALUES,
                  Range.from(new VersionName(name, 0)).upTo(new VersionName(name, Long.MAX_VALUE)),
                  (version, value) -> found.add(value));
              return true;
            });
    if (found.size() != 1) {
      throw new AssertionError(key + " has " + found.size() + " versions");
    }
    return found.getFirst();
  }

  void lose(String key) {
    StoredValue value = find(key);
    boolean _ = database.writeAndWait(tx -> tx.delete(VALUES, nameOf(key, value.id())));
  }

  /** Another version of a key that nobody ever recorded, with these bytes. */
  void add(String key, long id, byte[] bytes) {
    StoredValue like = find(key);
    put(
        new StoredValue(
            key,
            id,
            bytes.length,
            BlockChecksums.of(bytes),
            like.written(),
            like.expires(),
            new Content.Inline(bytes)));
  }

  /** Turns one bit of a value, wherever it is. */
  void flipBit(String key) throws IOException {
    StoredValue value = find(key);
    switch (value.content()) {
      case Content.Inline inline -> {
        byte[] bytes = inline.bytes().clone();
        bytes[bytes.length / 2] ^= 1;
        put(
            new StoredValue(
                key,
                value.id(),
                value.size(),
                value.checksum(),
                value.written(),
                value.expires(),
                new Content.Inline(bytes),
                value.shared()));
      }
      case Content.InFile inFile -> {
        try (RandomAccessFile file = new RandomAccessFile(file(key).toFile(), "rw")) {
          file.seek(value.size() / 2);
          int before = file.read();
          file.seek(value.size() / 2);
          file.write(before ^ 1);
        }
      }
    }
  }

  Path file(String key) {
    return new ValueFiles(directory, WriteSteps.NONE).path(find(key).id());
  }

  private void put(StoredValue value) {
    boolean _ =
        database.writeAndWait(
            tx -> {
              tx.put(VALUES, nameOf(value.key(), value.id()), value);
              return true;
            });
  }

  private static VersionName nameOf(String key, long id) {
    return new VersionName(StoredName.of(new Key(key)), id);
  }

  @Override
  public void close() {
    database.close();
  }
}
