package io.pulzar.storage.postgres;

import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.Table;
import io.pulzar.storage.TableStatistics;
import io.pulzar.storage.UnreadableRecordException;
import io.pulzar.storage.engine.DumpWriter;
import io.pulzar.storage.engine.RecordForms;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Typed tables over rows of bytes, wherever those come from. */
abstract class OpenView implements ReadTransaction {

  /** Rows that a scan is thought to want, when it does not say. */
  private static final int USUAL = 16;

  private final RecordForms forms;
  final SqlTables tables;

  OpenView(SqlTables tables, RecordForms forms) {
    this.tables = tables;
    this.forms = forms;
  }

  abstract Optional<byte[]> value(SqlTable table, byte[] key);

  abstract boolean isThere(SqlTable table, byte[] key);

  /**
   * Goes through a range.
   *
   * @param values whether rows are to have them
   * @param first how many rows will probably be wanted
   */
  abstract void walk(SqlTable table, Scan scan, boolean values, int first, SqlRows.Visitor visitor);

  abstract long entries(SqlTable table);

  @Override
  public final <K, V> Optional<V> get(Table<K, V> table, K key) {
    byte[] bytes = RecordForms.key(table, key);
    return value(tables.of(table), bytes)
        .map(found -> forms.readValue(table, ByteBuffer.wrap(bytes), ByteBuffer.wrap(found)));
  }

  @Override
  public final <K, V> Optional<V> getReadable(Table<K, V> table, K key) {
    try {
      return get(table, key);
    } catch (UnreadableRecordException left) {
      return Optional.empty();
    }
  }

  @Override
  public final <K, V> boolean contains(Table<K, V> table, K key) {
    return isThere(tables.of(table), RecordForms.key(table, key));
  }

  @Override
  public final <K, V> void scan(Table<K, V> table, Range<K> range, BiPredicate<K, V> visitor) {
    scan(table, range, USUAL, visitor);
  }

  private <K, V> void scan(
      Table<K, V> table, Range<K> range, int first, BiPredicate<K, V> visitor) {
    walk(
        tables.of(table),
        Scan.of(table, range),
        true,
        first,
        row -> {
          K key;
          V value;
          try {
            key = forms.readKey(table, row.key().buffer());
            value = forms.readValue(table, row.key().buffer(), row.value().buffer());
          } catch (UnreadableRecordException left) {
            return true;
          }
          return visitor.test(key, value);
        });
  }

  @Override
  public final <K> void scanKeys(Table<K, ?> table, Range<K> range, KeyVisitor<K> visitor) {
    walk(
        tables.of(table),
        Scan.of(table, range),
        false,
        USUAL,
        row -> {
          K key;
          try {
            key = forms.readKey(table, row.key().buffer());
          } catch (UnreadableRecordException left) {
            return true;
          }
          return visitor.visit(key);
        });
  }

  /** Asks for as many rows as are wanted, and not for more. */
  @Override
  public final <K, V> List<Entry<K, V>> page(Table<K, V> table, Range<K> range, int limit) {
    List<Entry<K, V>> page = new ArrayList<>();
    if (limit > 0) {
      scan(
          table,
          range,
          limit,
          (key, value) -> {
            page.add(new Entry<>(key, value));
            return page.size() < limit;
          });
    }
    return page;
  }

  @Override
  public final TableStatistics statistics(Table<?, ?> table) {
    return new TableStatistics(0, 0, 0, 0, 0, entries(tables.of(table)));
  }

  @Override
  public final void dumpTo(OutputStream target) {
    try {
      DumpWriter out = new DumpWriter(target);
      for (SqlTable table : tables.all()) {
        out.beginTable(table.table().name());
        walk(table, Scan.ALL, true, Integer.MAX_VALUE, row -> written(out, row));
        out.endTable();
      }
      out.end();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean written(DumpWriter out, SqlRows.Row row) {
    try {
      out.entry(row.key().array(), row.value().array());
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
