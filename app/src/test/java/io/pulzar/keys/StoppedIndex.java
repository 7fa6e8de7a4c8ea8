package io.pulzar.keys;

import static io.pulzar.keys.KeyTables.KEYS;

import io.pulzar.keys.KeyTables.IndexRow;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The index of a master that is stopped, for tests that damage it behind everybody's back. */
public final class StoppedIndex implements AutoCloseable {

  private final Database database;

  /**
   * @param directory {@code <home>/master/keys}
   */
  public StoppedIndex(Path directory) {
    database = StorageEngine.local().open(directory, KeyTables.ALL);
  }

  /** The key is gone, and nothing tells its node. */
  public void lose(String key) {
    if (!database.writeAndWait(tx -> tx.delete(KEYS, StoredName.of(new Key(key))))) {
      throw new AssertionError("there is no key " + key);
    }
  }

  /** The index believes something else about a key. */
  public void change(String key, UnaryOperator<Location> change) {
    String name = StoredName.of(new Key(key));
    boolean _ =
        database.writeAndWait(
            tx -> {
              IndexRow row = tx.get(KEYS, name).orElseThrow();
              tx.put(KEYS, name, new IndexRow(row.path(), change.apply(row.location())));
              return true;
            });
  }

  @Override
  public void close() {
    database.close();
  }
}
