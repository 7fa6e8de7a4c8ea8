package io.pulzar.values;

import static io.pulzar.values.ValueTables.VALUES;

import io.pulzar.roles.OnNode;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.values.StoredValue.Content;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a node's values, for whoever makes a copy of the node while it runs. */
@OnNode
@Singleton
public final class ValueSnapshot {

  private static final Logger LOG = LoggerFactory.getLogger(ValueSnapshot.class);

  private final Database database;
  private final ValueStore store;

  ValueSnapshot(@Named(ValuesFactory.DATABASE) Database database, ValueStore store) {
    this.database = database;
    this.store = store;
  }

  /** Where the values and the facts about their files are. */
  public Database database() {
    return database;
  }

  /** Sees one file. */
  @FunctionalInterface
  public interface Visitor {
    void visit(KeptFile file) throws IOException;
  }

  /** Keeps files also when their values are deleted, until it is closed. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Holds every file that is there now. */
  public Hold hold() {
    store.files().hold();
    return () -> {
      try {
        store.files().release();
      } catch (IOException e) {
        LOG.warn("files of deleted values stay until the next start: {}", e.getMessage());
      }
    };
  }

  /**
   * Shows every file that a state of the database refers to. Take a hold before the state.
   *
   * @throws IOException what the visitor threw
   */
  public void forEachFile(ReadTransaction state, Visitor visitor) throws IOException {
    try {
      state.scan(
          VALUES,
          Range.all(),
          (name, value) -> {
            if (value.content() instanceof Content.InFile content) {
              visit(new KeptFile(value, content), visitor);
            }
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void visit(KeptFile file, Visitor visitor) {
    try {
      visitor.visit(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One value's file. */
  public final class KeptFile {

    private final StoredValue value;
    private final Content.InFile content;

    private KeptFile(StoredValue value, Content.InFile content) {
      this.value = value;
      this.content = content;
    }

    public String key() {
      return value.key();
    }

    /** Below the directory of the node's values. */
    public Path path() {
      return store.files().relative(value.id());
    }

    /**
     * Writes the bytes, checking them.
     *
     * @return false when they are damaged: what was written before it is not to be used
     */
    public boolean copyTo(OutputStream out) throws IOException {
      try (VerifiedFile file = VerifiedFile.open(store.files(), value, content, 0, value.size())) {
        ByteBuffer block = ByteBuffer.allocate(BlockChecksums.BLOCK);
        while (file.next(block)) {
          out.write(block.array(), block.position(), block.remaining());
        }
        return true;
      } catch (DamagedValueException e) {
        LOG.error("value {} is damaged: {}", value.key(), e.getMessage());
        return false;
      }
    }
  }
}
