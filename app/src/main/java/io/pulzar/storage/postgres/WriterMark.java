package io.pulzar.storage.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What says, in a database's row, that one connection of one server is its writer.
 *
 * @param database its name
 * @param server the start of a server that holds the lease
 * @param connection number of the writer's connection: grows with each
 */
record WriterMark(String database, String server, long connection) {

  /**
   * The mark of a new connection, and the last commit that was made before.
   *
   * @param commits so many were
   */
  record Taken(WriterMark mark, long commits) {}

  /**
   * Makes a connection the only one that writes to the database.
   *
   * @return empty: another server has it now
   */
  static Optional<Taken> renew(Connection connection, String schema, String database, String server)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update "
                + schema
                + ".databases set connection = connection + 1 where name = ? and server = ?"
                + " returning connection, commits")) {
      statement.setString(1, database);
      statement.setString(2, server);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Taken(new WriterMark(database, server, row.getLong(1)), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /** Counts a commit up where the mark is still right; the row is locked until then. */
  String sql(String schema) {
    return "update "
        + schema
        + ".databases set commits = ? where name = ? and server = ? and connection = ?";
  }

  /** The position behind its own. */
  int bind(PreparedStatement statement, int at, long commit) throws SQLException {
    statement.setLong(at, commit);
    statement.setString(at + 1, database);
    statement.setString(at + 2, server);
    statement.setLong(at + 3, connection);
    return at + 4;
  }
}
