package io.pulzar.polyglot.host.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteUpdateListener;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * Counts how often rows were changed by their own connection, for the handles of values ({@code
 * Connection.blobopen}): SQLite makes a handle stale with each change of its row.
 *
 * <p>SQLite does not tell of every row that it deletes (not of those that a conflict replaces, nor
 * when it empties a table), so whether the row is there is asked each time.
 */
final class RowChanges implements SQLiteUpdateListener {

  /**
   * A row of a table.
   *
   * @param schema and {@code table} are written as when they were made
   * @param name the one of the names of the number of a row that no column of this table has
   */
  record Row(String schema, String table, String name, long number) {}

  /** As many are remembered; handles of rows beyond these are stale. */
  private static final int MOST = 10_000;

  private record Place(String schema, String table, long number) {}

  private final Map<Place, Long> watched = new HashMap<>();
  private long forgotten;

  /** How often the row was changed since it was first asked for, or -1 when it is not there. */
  long of(Row row, JDBC4Connection connection) throws SQLException {
    if (!isThere(row, connection)) {
      return -1;
    }
    if (watched.isEmpty()) {
      connection.addUpdateListener(this);
    } else if (watched.size() == MOST) {
      watched.clear();
      forgotten += 1L << 40;
    }
    return watched.computeIfAbsent(
        new Place(row.schema(), row.table(), row.number()), unknown -> forgotten);
  }

  private static boolean isThere(Row row, JDBC4Connection connection) throws SQLException {
    String sql =
        "SELECT 1 FROM %s.%s WHERE %s = ?"
            .formatted(
                SqliteDatabase.quoted(row.schema()),
                SqliteDatabase.quoted(row.table()),
                row.name());
    try (PreparedStatement asked = connection.prepareStatement(sql)) {
      asked.setLong(1, row.number());
      try (ResultSet found = asked.executeQuery()) {
        return found.next();
      }
    }
  }

  @Override
  public void onUpdate(Type type, String schema, String table, long number) {
    watched.computeIfPresent(new Place(schema, table, number), (place, count) -> count + 1);
  }
}
