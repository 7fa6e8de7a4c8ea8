package io.pulzar.storage.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs queries on a connection, which it finds; that of one transaction, or the writer's own. */
interface Queries {

  /**
   * Runs one.
   *
   * @throws io.pulzar.storage.StorageException when it failed, after what could be tried again was
   */
  <R> R query(Query<R> query);

  /** Reads, and may be repeated. */
  @FunctionalInterface
  interface Query<R> {
    R run(Connection connection) throws SQLException;
  }
}
