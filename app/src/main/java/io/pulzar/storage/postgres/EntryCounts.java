package io.pulzar.storage.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many records each table of a database has. Counting them costs as much as reading them, so
 * the number is stored, by the transactions that change it. Only for the writer's thread.
 */
final class EntryCounts {

  private final Map<SqlTable, Long> counts = new HashMap<>();
  private final Map<SqlTable, Long> pending = new HashMap<>();

  /** Makes rows for those that have none, and reads all. */
  static EntryCounts load(Connection connection, String schema, Collection<SqlTable> tables)
      throws SQLException {
    EntryCounts counts = new EntryCounts();
    for (SqlTable table : tables) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into "
                  + schema
                  + ".counts (name, title, entries) values (?, ?, 0) on conflict (name) do nothing")) {
        insert.setString(1, table.name());
        insert.setString(2, table.table().name());
        int _ = insert.executeUpdate();
      }
      counts.counts.put(table, SqlRows.entries(connection, schema, table));
    }
    return counts;
  }

  /** What is committed. */
  long of(SqlTable table) {
    return counts.getOrDefault(table, 0L);
  }

  /** Notes what the transaction that is under way stores. */
  void pend(Map<SqlTable, Long> entries) {
    pending.clear();
    pending.putAll(entries);
  }

  /** The transaction is committed. */
  void commit() {
    counts.putAll(pending);
    pending.clear();
  }

  static String sql(String schema) {
    return "update "
        + schema
        + ".counts as c set entries = u.entries from unnest(?::text[], ?::bigint[])"
        + " as u(name, entries) where c.name = u.name";
  }

  static void bind(
      Connection connection, PreparedStatement statement, int at, Map<SqlTable, Long> entries)
      throws SQLException {
    Set<SqlTable> tables = entries.keySet();
    statement.setArray(
        at,
        connection.createArrayOf(
            "text", tables.stream().map(SqlTable::name).toArray(String[]::new)));
    statement.setArray(
        at + 1,
        connection.createArrayOf("bigint", tables.stream().map(entries::get).toArray(Long[]::new)));
  }

  /** How many records a table has by counting them. */
  static long counted(Connection connection, SqlTable table) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select count(*) from " + table.sql());
        ResultSet found = statement.executeQuery()) {
      return found.next() ? found.getLong(1) : 0;
    }
  }
}
