package io.pulzar.storage.postgres;

import io.pulzar.storage.Database;
import io.pulzar.storage.MasterElection;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageAddress;
import io.pulzar.storage.StorageBusyException;
import io.pulzar.storage.StorageClosedException;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.Table;
import io.pulzar.storage.engine.RecordForms;
import io.pulzar.storage.engine.UnreadableRecords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps databases in a schema of a PostgreSQL server, as the one server that may write there. */
final class PostgresEngine implements StorageEngine {

  /** For so long an answer of the server is believed, when only its presence matters. */
  private static final long PRESENT = TimeUnit.SECONDS.toNanos(1);

  private final Server server;
  private final Map<String, Optional<PostgresDatabase>> open = new HashMap<>();
  private boolean closed;
  private long answered;
  private @Nullable StorageException silence;
  private boolean asked;

  PostgresEngine(StorageAddress address) {
    Connections connections = new Connections(address);
    Retries retries = new Retries(address.toString(), address.patience());
    this.server =
        new Server(
            address,
            connections,
            retries,
            new ReadPool(connections, retries, address.patience(), address.readers()),
            new Leadership(address, connections, retries));
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public Database open(Path directory, List<? extends Table<?, ?>> tables) {
    String name = SqlTables.database(directory);
    reserve(name);
    boolean done = false;
    try {
      server.leadership().acquire();
      PostgresDatabase database = new PostgresDatabase(this, server, name, directory, tables);
      synchronized (open) {
        open.put(name, Optional.of(database));
      }
      done = true;
      return database;
    } finally {
      if (!done) {
        release(name);
      }
    }
  }

  private void reserve(String name) {
    synchronized (open) {
      if (closed) {
        throw closedException();
      }
      if (open.putIfAbsent(name, Optional.empty()) != null) {
        throw new StorageBusyException(
            "database " + name + " is in use by another server of this process");
      }
    }
  }

  private void release(String name) {
    synchronized (open) {
      open.remove(name);
      if (closed && open.isEmpty()) {
        end();
      }
    }
  }

  /** May be told more than once. */
  void closed(PostgresDatabase database) {
    synchronized (open) {
      if (isOpen(database)) {
        release(database.name());
      }
    }
  }

  void failIfClosed(PostgresDatabase database) {
    synchronized (open) {
      if (!isOpen(database)) {
        throw closedException();
      }
    }
  }

  private boolean isOpen(PostgresDatabase database) {
    return open.getOrDefault(database.name(), Optional.empty()).equals(Optional.of(database));
  }

  private static StorageException closedException() {
    return new StorageClosedException();
  }

  @Override
  public Optional<MasterElection> election() {
    return Optional.of(server.leadership());
  }

  @Override
  public boolean isInUse(Path directory) {
    synchronized (open) {
      return open.containsKey(SqlTables.database(directory));
    }
  }

  @Override
  public <R> R readTogether(List<Database> databases, Function<List<ReadTransaction>, R> body) {
    try (ReadPool.Reading reading = server.readers().begin()) {
      // The first query fixes the moment, for all of them.
      boolean _ = reading.query(PostgresEngine::isAnswering);
      return body.apply(
          databases.stream().map(database -> ((PostgresDatabase) database).view(reading)).toList());
    }
  }

  @Override
  public List<Path> databases(Path directory) {
    server.leadership().acquire();
    try (ReadPool.Reading reading = server.readers().begin()) {
      return reading.query(connection -> SqlTables.databases(connection, server.schema())).stream()
          .map(directory::resolve)
          .toList();
    }
  }

  @Override
  public void dump(Path directory, OutputStream out) throws IOException {
    String name = SqlTables.database(directory);
    reserve(name);
    try {
      server.leadership().acquire();
      try (ReadPool.Reading reading = server.readers().begin()) {
        SqlTables tables =
            reading.query(connection -> SqlTables.stored(connection, server.schema(), name));
        new OpenReads(reading, server.schema(), tables, new RecordForms(new UnreadableRecords()))
            .dumpTo(out);
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    } finally {
      release(name);
    }
  }

  @Override
  public void load(InputStream source, Path emptyDirectory, Instant made, Instant restored)
      throws IOException {
    String name = SqlTables.database(emptyDirectory);
    reserve(name);
    try {
      server.leadership().acquire();
      new PostgresLoad(server, name).run(source, made, restored);
    } finally {
      release(name);
    }
  }

  @Override
  public String probe() {
    try (Connection connection = server.connections().forWriting()) {
      return connection.getMetaData().getDatabaseProductVersion()
          + " answers at "
          + server.address();
    } catch (SQLException failure) {
      throw server.retries().described(failure);
    }
  }

  /**
   * Whether the server answers now; asked once a second at most.
   *
   * @throws StorageException when it does not
   */
  synchronized void answers() {
    if (!asked || System.nanoTime() - answered > PRESENT) {
      try {
        server.readers().probe();
        silence = null;
      } catch (SQLException failure) {
        silence = server.retries().described(failure);
      }
      asked = true;
      answered = System.nanoTime();
    }
    StorageException failure = silence;
    if (failure != null) {
      throw failure;
    }
  }

  private static boolean isAnswering(Connection connection) throws SQLException {
    Layout.run(connection, "select 1");
    return true;
  }

  /** Gives the lease back when the last database is closed. */
  @Override
  public void close() {
    server.retries().stop();
    synchronized (open) {
      if (!closed) {
        closed = true;
        if (open.isEmpty()) {
          end();
        }
      }
    }
  }

  private void end() {
    server.readers().close();
    server.leadership().close();
  }
}
