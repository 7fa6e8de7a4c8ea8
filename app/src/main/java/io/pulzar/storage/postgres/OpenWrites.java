package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageException;
import io.pulzar.storage.Table;
import io.pulzar.storage.engine.About;
import io.pulzar.storage.engine.RecordForms;
import io.pulzar.storage.engine.UndoableTransaction;
import io.pulzar.storage.postgres.Changes.Before;
import io.pulzar.storage.postgres.Changes.Change;
import io.pulzar.storage.postgres.Changes.Pending;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that collects its changes, and sees them over what is committed, of which it
 * remembers what it has seen.
 */
final class OpenWrites extends OpenView implements UndoableTransaction {

  private final Queries queries;
  private final Changes changes = new Changes();
  private final RecordCache cache;
  private final EntryCounts counts;
  private @Nullable StorageException failure;

  OpenWrites(
      Queries queries, SqlTables tables, RecordForms forms, RecordCache cache, EntryCounts counts) {
    super(tables, forms);
    this.queries = queries;
    this.cache = cache;
    this.counts = counts;
  }

  Changes changes() {
    return changes;
  }

  @Override
  Optional<byte[]> value(SqlTable table, byte[] key) {
    Optional<Pending> changed = changes.find(table, key);
    if (changed.isPresent()) {
      return changed.get().value();
    }
    RecordCache.Known known = cache.find(table, key);
    if (known.before() == Before.ABSENT || known.value().isPresent()) {
      return known.value();
    }
    Optional<byte[]> found = ask(connection -> SqlRows.value(connection, table, key));
    found.ifPresentOrElse(
        value -> cache.hasValue(table, key, value), () -> cache.isAbsent(table, key));
    return found;
  }

  @Override
  boolean isThere(SqlTable table, byte[] key) {
    return changes
        .find(table, key)
        .map(pending -> pending.value().isPresent())
        .orElseGet(() -> wasThere(table, key));
  }

  private boolean wasThere(SqlTable table, byte[] key) {
    Before before = cache.find(table, key).before();
    if (before != Before.UNKNOWN) {
      return before == Before.THERE;
    }
    boolean there = ask(connection -> SqlRows.isThere(connection, table, key));
    if (there) {
      cache.isThere(table, key);
    } else {
      cache.isAbsent(table, key);
    }
    return there;
  }

  @Override
  public <K, V> void put(Table<K, V> table, K key, V value) {
    SqlTable place = tables.of(table);
    byte[] bytes = RecordForms.key(table, key);
    changes.set(
        place,
        bytes,
        Optional.of(RecordForms.value(table, bytes, value)),
        cache.find(place, bytes).before());
  }

  @Override
  public <K> boolean delete(Table<K, ?> table, K key) {
    SqlTable place = tables.of(table);
    byte[] bytes = RecordForms.key(table, key);
    boolean there = isThere(place, bytes);
    if (there) {
      changes.set(place, bytes, Optional.empty(), cache.find(place, bytes).before());
    }
    return there;
  }

  @Override
  void walk(SqlTable table, Scan scan, boolean values, int first, SqlRows.Visitor visitor) {
    Merge merge = new Merge(changes.in(table, scan), scan.backward(), visitor);
    SqlRows.walk(
        this::ask,
        table,
        scan,
        values,
        first,
        row -> {
          if (values) {
            cache.hasValue(table, row.key().array(), row.value().array());
          } else {
            cache.isThere(table, row.key().array());
          }
          return merge.stored(row);
        });
    merge.end();
  }

  @Override
  long entries(SqlTable table) {
    List<Bytes> unknown = changes.unknown(table);
    if (!unknown.isEmpty()) {
      Set<Bytes> there = ask(connection -> SqlRows.thatAreThere(connection, table, unknown));
      changes.learn(table, there);
    }
    return counts.of(table) + changes.growth(table);
  }

  /** Gives each record of a table the checksum that it was written without. */
  void addChecksums(SqlTable table) {
    walk(
        table,
        Scan.ALL,
        true,
        Integer.MAX_VALUE,
        row -> {
          changes.set(
              table,
              row.key().array(),
              Optional.of(RecordForms.withChecksum(row.key().array(), row.value().array())),
              Before.THERE);
          return true;
        });
  }

  @Override
  public Optional<Duration> afterRestore(String who) {
    return About.afterRestore(this, who);
  }

  @Override
  public int mark() {
    return changes.mark();
  }

  @Override
  public void undoTo(int mark) {
    changes.undoTo(mark);
  }

  @Override
  public void failIfBroken() {
    if (failure != null) {
      throw failure;
    }
  }

  private <R> R ask(Queries.Query<R> query) {
    try {
      return queries.query(query);
    } catch (StorageException broken) {
      failure = broken;
      throw broken;
    }
  }

  /** Puts what is stored and what changed into one order; a change hides what is stored. */
  private static final class Merge {

    private final Iterator<Change> changes;
    private final boolean backward;
    private final SqlRows.Visitor visitor;
    private @Nullable Change next;
    private boolean stopped;

    Merge(List<Change> changes, boolean backward, SqlRows.Visitor visitor) {
      this.changes = changes.iterator();
      this.backward = backward;
      this.visitor = visitor;
      advance();
    }

    /** Comes to a stored row; whether to go on. */
    boolean stored(SqlRows.Row row) {
      Bytes key = row.key();
      while (next != null && order(next, key) < 0) {
        if (!changed(next)) {
          return false;
        }
      }
      if (next != null && order(next, key) == 0) {
        return changed(next);
      }
      stopped = !visitor.visit(row);
      return !stopped;
    }

    /** There are no further stored rows. */
    void end() {
      while (!stopped && next != null) {
        boolean _ = changed(next);
      }
    }

    private boolean changed(Change change) {
      advance();
      stopped =
          change
              .pending()
              .value()
              .map(value -> !visitor.visit(new SqlRows.Row(change.key(), new Bytes(value))))
              .orElse(false);
      return !stopped;
    }

    private int order(Change change, Bytes key) {
      int order = change.key().compareTo(key);
      return backward ? -order : order;
    }

    private void advance() {
      next = changes.hasNext() ? changes.next() : null;
    }
  }
}
