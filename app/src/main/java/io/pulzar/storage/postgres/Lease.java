package io.pulzar.storage.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The row that says which server may write.
 *
 * @param fence how often it changed hands
 * @param beat changes while its server lives
 * @param server the start of a server; empty: nobody has it
 * @param holder the installation that the server was started from
 * @param url where it is reached; empty: not yet
 */
record Lease(long fence, long beat, String server, String holder, String url) {

  static Lease read(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select fence, beat, server, holder, url from "
                    + schema
                    + ".leader where id = 1")) {
      if (!row.next()) {
        throw new SQLException("the row of the lease is missing from " + schema + ".leader");
      }
      return new Lease(
          row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5));
    }
  }

  /** Gives it to a server, if it is still as it was read. */
  boolean take(Connection connection, String schema, String newServer, String newHolder)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update "
                + schema
                + ".leader set fence = fence + 1, beat = beat + 1, server = ?, holder = ?, url = ''"
                + " where id = 1 and fence = ? and beat = ? and server = ?")) {
      statement.setString(1, newServer);
      statement.setString(2, newHolder);
      statement.setLong(3, fence);
      statement.setLong(4, beat);
      statement.setString(5, server);
      return statement.executeUpdate() == 1;
    }
  }

  /** Shows that a server lives; false: it has the lease no more. */
  static boolean renew(Connection connection, String schema, String server) throws SQLException {
    return update(connection, schema, "beat = beat + 1", server);
  }

  /** Lets others have it at once. */
  static boolean release(Connection connection, String schema, String server) throws SQLException {
    return update(connection, schema, "server = ''", server);
  }

  private static boolean update(Connection connection, String schema, String what, String server)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update " + schema + ".leader set " + what + " where id = 1 and server = ?")) {
      statement.setString(1, server);
      return statement.executeUpdate() == 1;
    }
  }

  boolean isFree() {
    return server.isEmpty();
  }
}
