package io.pulzar.storage.lmdb;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.Table;
import io.pulzar.storage.TableStatistics;
import io.pulzar.storage.UnreadableRecordException;
import io.pulzar.storage.engine.About;
import io.pulzar.storage.engine.RecordForms;
import io.pulzar.storage.engine.UndoableTransaction;
import io.pulzar.storage.engine.UnreadableRecords;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/**
 * A transaction of LMDB with typed tables. Remembers what each change replaced, so that the changes
 * made since a mark can be taken back without giving up the whole transaction.
 */
final class OpenTransaction implements UndoableTransaction {

  /** What was under a key before a change; null: nothing. */
  private record Change(Dbi<ByteBuffer> tree, ByteBuffer key, @Nullable ByteBuffer before) {}

  private final Txn<ByteBuffer> txn;
  private final Map<String, Dbi<ByteBuffer>> trees;
  private final ByteBuffer keyBuffer;
  private final RecordForms forms;
  private final Runnable atEachEntry;
  private ByteBuffer valueBuffer = ByteBuffer.allocateDirect(0);
  private final List<Change> changes = new ArrayList<>();
  private @Nullable LmdbException failure;

  OpenTransaction(
      Txn<ByteBuffer> txn,
      Map<String, Dbi<ByteBuffer>> trees,
      ByteBuffer keyBuffer,
      UnreadableRecords unreadable) {
    this(txn, trees, keyBuffer, unreadable, () -> {});
  }

  /**
   * @param atEachEntry is called before each entry that is read in a row; what it throws ends that
   */
  OpenTransaction(
      Txn<ByteBuffer> txn,
      Map<String, Dbi<ByteBuffer>> trees,
      ByteBuffer keyBuffer,
      UnreadableRecords unreadable,
      Runnable atEachEntry) {
    this.atEachEntry = atEachEntry;
    this.forms = new RecordForms(unreadable);
    this.txn = txn;
    this.trees = trees;
    this.keyBuffer = keyBuffer;
  }

  @Override
  public <K, V> Optional<V> get(Table<K, V> table, K key) {
    ByteBuffer found = find(table, key);
    return found == null ? Optional.empty() : Optional.of(forms.readValue(table, keyBuffer, found));
  }

  @Override
  public <K, V> Optional<V> getReadable(Table<K, V> table, K key) {
    try {
      return get(table, key);
    } catch (UnreadableRecordException left) {
      return Optional.empty();
    }
  }

  @Override
  public <K, V> boolean contains(Table<K, V> table, K key) {
    return find(table, key) != null;
  }

  @Override
  public <K, V> void scan(Table<K, V> table, Range<K> range, BiPredicate<K, V> visitor) {
    walk(
        table,
        range,
        cursor -> {
          K key;
          V value;
          try {
            key = forms.readKey(table, cursor.key());
            value = forms.readValue(table, cursor.key(), cursor.val());
          } catch (UnreadableRecordException left) {
            return true;
          }
          return visitor.test(key, value);
        });
  }

  @Override
  public <K> void scanKeys(Table<K, ?> table, Range<K> range, KeyVisitor<K> visitor) {
    walk(
        table,
        range,
        cursor -> {
          K key;
          try {
            key = forms.readKey(table, cursor.key());
          } catch (UnreadableRecordException left) {
            return true;
          }
          return visitor.visit(key);
        });
  }

  @Override
  public TableStatistics statistics(Table<?, ?> table) {
    Stat stat = tree(table).stat(txn);
    return new TableStatistics(
        stat.pageSize,
        stat.depth,
        stat.branchPages,
        stat.leafPages,
        stat.overflowPages,
        stat.entries);
  }

  @Override
  public void dumpTo(OutputStream out) {
    guard(
        () -> {
          LmdbDump.write(txn, trees, out, atEachEntry);
          return true;
        });
  }

  @Override
  public <K, V> void put(Table<K, V> table, K key, V value) {
    byte[] bytes = table.values().write(value);
    remember(table, key);
    ByteBuffer record = ByteBuffer.wrap(bytes);
    guard(
        () ->
            tree(table)
                .put(
                    txn,
                    keyBuffer,
                    table.checked() ? withChecksum(record) : intoValueBuffer(record)));
  }

  @Override
  public <K> boolean delete(Table<K, ?> table, K key) {
    return remember(table, key) && guard(() -> tree(table).delete(txn, keyBuffer));
  }

  @Override
  public Optional<Duration> afterRestore(String who) {
    return About.afterRestore(this, who);
  }

  @Override
  public int mark() {
    return changes.size();
  }

  /** The last one first. */
  @Override
  public void undoTo(int mark) {
    while (changes.size() > mark) {
      Change change = changes.removeLast();
      intoKeyBuffer(change.key());
      ByteBuffer before = change.before();
      if (before == null) {
        guard(() -> change.tree().delete(txn, keyBuffer));
      } else {
        guard(() -> change.tree().put(txn, keyBuffer, intoValueBuffer(before)));
      }
    }
  }

  @Override
  public void failIfBroken() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Loads {@link #keyBuffer} and records what is under the key; answers whether there is. */
  private <K> boolean remember(Table<K, ?> table, K key) {
    ByteBuffer found = find(table, key);
    ByteBuffer before = found == null ? null : ByteBuffer.wrap(RecordForms.bytes(found));
    changes.add(new Change(tree(table), ByteBuffer.wrap(RecordForms.bytes(keyBuffer)), before));
    return found != null;
  }

  private <K> @Nullable ByteBuffer find(Table<K, ?> table, K key) {
    encode(table.keys(), key);
    Dbi<ByteBuffer> tree = tree(table);
    return guard(() -> tree.get(txn, keyBuffer));
  }

  private <K> void walk(Table<K, ?> table, Range<K> range, CursorStep step) {
    atEachEntry.run();
    byte[] start = range.start().map(bound -> encoded(table.keys(), bound.key())).orElse(null);
    byte[] end = range.end().map(bound -> encoded(table.keys(), bound.key())).orElse(null);
    boolean startIncluded = range.start().map(Range.Bound::included).orElse(true);
    boolean endIncluded = range.end().map(Range.Bound::included).orElse(true);
    try (Cursor<ByteBuffer> cursor = tree(table).openCursor(txn)) {
      boolean there =
          range.backward()
              ? seekDown(cursor, start, startIncluded)
              : seekUp(cursor, start, startIncluded);
      while (there
          && isInside(cursor.key(), end, endIncluded, range.backward())
          && step.visit(cursor)) {
        atEachEntry.run();
        there = range.backward() ? cursor.prev() : cursor.next();
      }
    } catch (LmdbException broken) {
      failure = broken;
      throw broken;
    }
  }

  private boolean seekUp(Cursor<ByteBuffer> cursor, byte @Nullable [] start, boolean included) {
    if (start == null) {
      return cursor.first();
    }
    intoKeyBuffer(ByteBuffer.wrap(start));
    boolean there = cursor.get(keyBuffer, GetOp.MDB_SET_RANGE);
    if (there && !included && compare(cursor.key(), start) == 0) {
      return cursor.next();
    }
    return there;
  }

  private boolean seekDown(Cursor<ByteBuffer> cursor, byte @Nullable [] start, boolean included) {
    if (start == null) {
      return cursor.last();
    }
    intoKeyBuffer(ByteBuffer.wrap(start));
    if (!cursor.get(keyBuffer, GetOp.MDB_SET_RANGE)) {
      return cursor.last();
    }
    int order = compare(cursor.key(), start);
    boolean beyond = order > 0 || (order == 0 && !included);
    return beyond ? cursor.prev() : true;
  }

  private static boolean isInside(
      ByteBuffer key, byte @Nullable [] end, boolean included, boolean backward) {
    if (end == null) {
      return true;
    }
    int order = compare(key, end);
    return order == 0 ? included : backward == (order > 0);
  }

  private static int compare(ByteBuffer key, byte[] other) {
    ByteBuffer right = ByteBuffer.wrap(other);
    int at = key.mismatch(right);
    if (at < 0 || at >= key.remaining() || at >= other.length) {
      return Integer.compare(key.remaining(), other.length);
    }
    return Byte.compareUnsigned(key.get(key.position() + at), other[at]);
  }

  private <K> byte[] encoded(KeyForm<K> form, K key) {
    encode(form, key);
    return RecordForms.bytes(keyBuffer);
  }

  private <K> void encode(KeyForm<K> form, K key) {
    RecordForms.writeKey(form, key, keyBuffer);
  }

  private void intoKeyBuffer(ByteBuffer bytes) {
    keyBuffer.clear().put(bytes).flip();
  }

  private ByteBuffer withChecksum(ByteBuffer bytes) {
    int checksum = RecordForms.checksum(keyBuffer, bytes);
    intoValueBuffer(bytes, Integer.BYTES);
    return valueBuffer
        .limit(valueBuffer.limit() + Integer.BYTES)
        .putInt(valueBuffer.limit() - Integer.BYTES, checksum);
  }

  private ByteBuffer intoValueBuffer(ByteBuffer bytes) {
    return intoValueBuffer(bytes, 0);
  }

  /**
   * @param more bytes that will follow
   */
  private ByteBuffer intoValueBuffer(ByteBuffer bytes, int more) {
    if (valueBuffer.capacity() < bytes.remaining() + more) {
      valueBuffer = ByteBuffer.allocateDirect(Math.max(4096, bytes.remaining() + more));
    }
    return valueBuffer.clear().put(bytes).flip();
  }

  private Dbi<ByteBuffer> tree(Table<?, ?> table) {
    Dbi<ByteBuffer> tree = trees.get(table.name());
    if (tree == null) {
      throw new IllegalArgumentException("the database was opened without " + table.name());
    }
    return tree;
  }

  private <R extends @Nullable Object> R guard(NativeCall<R> call) {
    try {
      return call.run();
    } catch (LmdbException broken) {
      failure = broken;
      throw broken;
    }
  }

  @FunctionalInterface
  private interface NativeCall<R extends @Nullable Object> {
    R run();
  }

  @FunctionalInterface
  private interface CursorStep {
    boolean visit(Cursor<ByteBuffer> cursor);
  }
}
