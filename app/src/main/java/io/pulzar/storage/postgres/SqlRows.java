package io.pulzar.storage.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The statements that read rows of a table. */
final class SqlRows {

  /** What a page may have, smallest first; few, so that the server knows the statements. */
  private static final int[] PAGES = {1, 4, 16, 64, 256, 1024};

  private static final long SMALL_PAGE = 256 << 10;
  private static final long LARGE_PAGE = 4 << 20;

  private SqlRows() {}

  /**
   * One row.
   *
   * @param value empty when it was not asked for
   */
  record Row(Bytes key, Bytes value) {}

  /** Sees a row and says whether to go on. */
  @FunctionalInterface
  interface Visitor {
    boolean visit(Row row);
  }

  static Optional<byte[]> value(Connection connection, SqlTable table, byte[] key)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select value from " + table.sql() + " where key = ?")) {
      statement.setBytes(1, key);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    }
  }

  static boolean isThere(Connection connection, SqlTable table, byte[] key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select 1 from " + table.sql() + " where key = ?")) {
      statement.setBytes(1, key);
      try (ResultSet found = statement.executeQuery()) {
        return found.next();
      }
    }
  }

  /** Those of the keys that are there. */
  static Set<Bytes> thatAreThere(Connection connection, SqlTable table, Collection<Bytes> keys)
      throws SQLException {
    Set<Bytes> there = new HashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select key from " + table.sql() + " where key = any(?::bytea[])")) {
      statement.setArray(1, array(connection, keys.stream().map(Bytes::array).toList()));
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          there.add(new Bytes(found.getBytes(1)));
        }
      }
    }
    return there;
  }

  static long entries(Connection connection, String schema, SqlTable table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select entries from " + schema + ".counts where name = ?")) {
      statement.setString(1, table.name());
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  /**
   * Goes through a range page by page, each a statement of its own: nothing stays open between
   * them, so that the visitor may ask for something else, and memory has one page.
   *
   * @param first how many rows will probably be wanted
   */
  static void walk(
      Queries queries, SqlTable table, Scan scan, boolean values, int first, Visitor visitor) {
    Scan rest = scan;
    int size = 0;
    while (size < PAGES.length - 1 && PAGES[size] < first) {
      size++;
    }
    while (true) {
      int limit = PAGES[size];
      Scan now = rest;
      List<Row> page = queries.query(connection -> page(connection, table, now, values, limit));
      for (Row row : page) {
        if (!visitor.visit(row)) {
          return;
        }
      }
      if (page.size() < limit) {
        return;
      }
      rest = rest.behind(page.getLast().key().array());
      size = next(size, page);
    }
  }

  private static int next(int size, List<Row> page) {
    long bytes = page.stream().mapToLong(row -> row.key().length() + row.value().length()).sum();
    if (bytes > LARGE_PAGE) {
      return Math.max(0, size - 1);
    }
    return bytes < SMALL_PAGE ? Math.min(size + 1, PAGES.length - 1) : size;
  }

  private static List<Row> page(
      Connection connection, SqlTable table, Scan scan, boolean values, int limit)
      throws SQLException {
    StringBuilder sql = new StringBuilder(values ? "select key, value from " : "select key from ");
    sql.append(table.sql());
    scan.low()
        .ifPresent(edge -> sql.append(" where key ").append(edge.included() ? ">= ?" : "> ?"));
    scan.high()
        .ifPresent(
            edge ->
                sql.append(scan.low().isPresent() ? " and key " : " where key ")
                    .append(edge.included() ? "<= ?" : "< ?"));
    sql.append(" order by key ").append(scan.backward() ? "desc" : "asc");
    sql.append(" limit ").append(limit);
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      int at = 1;
      if (scan.low().isPresent()) {
        statement.setBytes(at++, scan.low().get().key().array());
      }
      if (scan.high().isPresent()) {
        statement.setBytes(at, scan.high().get().key().array());
      }
      try (ResultSet found = statement.executeQuery()) {
        List<Row> page = new ArrayList<>();
        while (found.next()) {
          page.add(
              new Row(
                  new Bytes(found.getBytes(1)),
                  values ? new Bytes(found.getBytes(2)) : Bytes.NONE));
        }
        return page;
      }
    }
  }

  static Array array(Connection connection, List<byte[]> values) throws SQLException {
    return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
  }
}
