package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageLostException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a database's writer: it reads what bodies ask for, and commits what they
 * changed. Only for the writer's thread.
 */
final class WriterSession implements Queries, AutoCloseable {

  private final Server server;
  private final String database;
  private @Nullable Connection connection;
  private @Nullable WriterMark mark;
  private long commits;
  private boolean inDoubt;

  WriterSession(Server server, String database) {
    this.server = server;
    this.database = database;
  }

  @Override
  public <R> R query(Query<R> query) {
    return server
        .retries()
        .run(
            () -> {
              Connection open = connected();
              try {
                return query.run(open);
              } catch (SQLException failure) {
                dropIfBroken(failure);
                throw failure;
              }
            });
  }

  /**
   * Commits, and returns when it is durable. When the answer to the commit is lost, the next
   * connection tells how it ended: nobody else commits here, and the earlier one no longer can.
   *
   * @throws StorageLostException when another server writes here now
   * @throws StorageException when nothing was changed
   */
  void commit(Changes changes, EntryCounts counts) {
    long number = nextCommit();
    inDoubt = false;
    boolean _ =
        server
            .retries()
            .run(
                () -> {
                  Connection open = connected();
                  if (commits < number) {
                    inDoubt = false;
                    send(open, new Flush(server.schema(), changes, counts), number);
                  }
                  return true;
                },
                () -> inDoubt);
    commits = number;
    counts.commit();
  }

  private long nextCommit() {
    // Known from the connection; without one it is found out first.
    return query(open -> commits) + 1;
  }

  private void send(Connection open, Flush flush, long number) throws SQLException {
    try {
      open.setAutoCommit(false);
      if (!flush.run(open, marked(), number)) {
        open.rollback();
        throw lost();
      }
    } catch (SQLException failure) {
      giveUp(open, failure);
      throw failure;
    }
    try {
      open.commit();
      open.setAutoCommit(true);
    } catch (SQLException failure) {
      inDoubt = SqlFailure.of(failure) == SqlFailure.CONNECTION;
      giveUp(open, failure);
      throw failure;
    }
  }

  private void giveUp(Connection open, SQLException failure) {
    if (SqlFailure.of(failure) == SqlFailure.CONNECTION) {
      drop();
      return;
    }
    try {
      open.rollback();
      open.setAutoCommit(true);
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
      drop();
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open != null) {
      return open;
    }
    server.leadership().failIfLost();
    open = server.connections().forWriting();
    try {
      WriterMark.Taken taken =
          WriterMark.renew(open, server.schema(), database, server.leadership().start())
              .orElseThrow(this::lost);
      mark = taken.mark();
      commits = taken.commits();
      connection = open;
      return open;
    } finally {
      if (connection == null) {
        Connections.close(open);
      }
    }
  }

  private WriterMark marked() {
    WriterMark now = mark;
    if (now == null) {
      throw new IllegalStateException("the writer has no connection");
    }
    return now;
  }

  private StorageLostException lost() {
    return server.leadership().lost();
  }

  private void dropIfBroken(SQLException failure) {
    if (SqlFailure.of(failure) == SqlFailure.CONNECTION) {
      drop();
    }
  }

  private void drop() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      Connections.close(open);
    }
  }

  @Override
  public void close() {
    drop();
  }
}
