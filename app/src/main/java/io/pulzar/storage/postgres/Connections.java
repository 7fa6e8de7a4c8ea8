package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** Opens connections to the server. */
final class Connections {

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  /** A copy may be slow to write while its view is open. */
  private static final Duration LONGEST_IDLE_READ = Duration.ofHours(1);

  private final StorageAddress address;

  Connections(StorageAddress address) {
    this.address = address;
  }

  /**
   * One that commits each statement by itself until told otherwise. A transaction in which it falls
   * silent for longer than a lease is ended by the server, so that a paused process holds no lock.
   */
  Connection forWriting() throws SQLException {
    return open(address.lease());
  }

  /** One whose transactions each see the state of one moment. */
  Connection forReading() throws SQLException {
    Connection connection = open(LONGEST_IDLE_READ);
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException failure) {
      close(connection);
      throw failure;
    }
  }

  private Connection open(Duration longestIdle) throws SQLException {
    Properties properties = new Properties();
    address.user().ifPresent(user -> properties.setProperty("user", user));
    address.password().ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("ApplicationName", "pulzar");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", seconds(least(address.timeout(), LONGEST_CONNECT)));
    properties.setProperty("socketTimeout", seconds(address.timeout()));
    Connection connection = DriverManager.getConnection(address.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set idle_in_transaction_session_timeout = " + longestIdle.toMillis());
      // An answer means that it is on the disk, whatever the server's default is.
      statement.execute(
          "select set_config('synchronous_commit', 'on', false)"
              + " where current_setting('synchronous_commit', true) = 'off'");
      return connection;
    } catch (SQLException failure) {
      close(connection);
      throw failure;
    }
  }

  /** Of a connection that is of no use any more. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // The server ends it on its side too.
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }
}
