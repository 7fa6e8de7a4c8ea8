package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageClosedException;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections for reading: so many at most, opened when they are needed. */
final class ReadPool implements AutoCloseable {

  private final Connections connections;
  private final Retries retries;
  private final Duration patience;
  private final int most;
  private final Semaphore free;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ReadPool(Connections connections, Retries retries, Duration patience, int most) {
    this.connections = connections;
    this.retries = retries;
    this.patience = patience;
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Waits for its turn; to be closed. */
  Reading begin() {
    if (closed) {
      throw new StorageClosedException();
    }
    try {
      if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StorageUnavailableException(
            "all "
                + most
                + " connections for reading are in use: try again, or raise"
                + " pulzar.storage.connections");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while waiting for a connection", e);
    }
    return new Reading();
  }

  /** Asks the server for something, on one connection more if need be. */
  void probe() throws SQLException {
    Connection waiting = idle.poll();
    Connection open = waiting == null ? connections.forReading() : waiting;
    boolean good = false;
    try {
      Layout.run(open, "select 1");
      open.commit();
      good = !closed;
    } finally {
      if (good) {
        idle.push(open);
      } else {
        Connections.close(open);
        closeIdle();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (Connection old = idle.poll(); old != null; old = idle.poll()) {
      Connections.close(old);
    }
  }

  /**
   * One view of the state at the moment of its first query. That query is tried again on another
   * connection when its own is lost; later ones are not, since what they would see might not fit.
   */
  final class Reading implements Queries, AutoCloseable {

    private @Nullable Connection connection;
    private boolean broken;

    @Override
    public <R> R query(Query<R> query) {
      Connection open = connection;
      if (open == null) {
        return retries.run(() -> first(query));
      }
      try {
        return query.run(open);
      } catch (SQLException failure) {
        broken = true;
        throw retries.described(failure);
      }
    }

    private <R> R first(Query<R> query) throws SQLException {
      Connection waiting = idle.poll();
      Connection open = waiting == null ? connections.forReading() : waiting;
      try {
        R result = query.run(open);
        connection = open;
        return result;
      } finally {
        if (connection == null) {
          Connections.close(open);
          // What broke one has probably broken the others.
          closeIdle();
        }
      }
    }

    @Override
    public void close() {
      try {
        end();
      } finally {
        free.release();
      }
    }

    private void end() {
      Connection open = connection;
      if (open == null) {
        return;
      }
      try {
        if (!broken) {
          open.commit();
        }
      } catch (SQLException lost) {
        // What was read is right all the same.
        broken = true;
      }
      if (broken || closed) {
        Connections.close(open);
      } else {
        idle.push(open);
      }
    }
  }
}
