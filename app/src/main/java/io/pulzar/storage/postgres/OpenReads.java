package io.pulzar.storage.postgres;

import io.pulzar.storage.engine.RecordForms;
import java.util.Optional;

/** A view of what is committed, at one moment. */
final class OpenReads extends OpenView {

  private final Queries queries;
  private final String schema;
  private final Runnable atEachEntry;

  OpenReads(Queries queries, String schema, SqlTables tables, RecordForms forms) {
    this(queries, schema, tables, forms, () -> {});
  }

  /**
   * @param atEachEntry is called before each entry that is read in a row; what it throws ends that
   */
  OpenReads(
      Queries queries, String schema, SqlTables tables, RecordForms forms, Runnable atEachEntry) {
    super(tables, forms);
    this.atEachEntry = atEachEntry;
    this.queries = queries;
    this.schema = schema;
  }

  @Override
  Optional<byte[]> value(SqlTable table, byte[] key) {
    return queries.query(connection -> SqlRows.value(connection, table, key));
  }

  @Override
  boolean isThere(SqlTable table, byte[] key) {
    return queries.query(connection -> SqlRows.isThere(connection, table, key));
  }

  @Override
  void walk(SqlTable table, Scan scan, boolean values, int first, SqlRows.Visitor visitor) {
    atEachEntry.run();
    SqlRows.walk(
        queries,
        table,
        scan,
        values,
        first,
        row -> {
          atEachEntry.run();
          return visitor.visit(row);
        });
  }

  @Override
  long entries(SqlTable table) {
    return queries.query(connection -> SqlRows.entries(connection, schema, table));
  }
}
