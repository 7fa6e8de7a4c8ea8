package io.pulzar.storage.postgres;

import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageClosedException;
import io.pulzar.storage.StorageDamagedException;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.Table;
import io.pulzar.storage.WriteActivity;
import io.pulzar.storage.WriteTransaction;
import io.pulzar.storage.engine.About;
import io.pulzar.storage.engine.RecordForms;
import io.pulzar.storage.engine.UnreadableRecords;
import io.pulzar.storage.engine.WriterThread;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Tables in a schema, with one thread that writes. */
final class PostgresDatabase implements Database {

  private static final int MOST_WAITING = 10_000;
  private static final int MOST_IN_GROUP = 1_000;

  private final PostgresEngine engine;
  private final Server server;
  private final String name;
  private final Path directory;
  private final SqlTables tables;
  private final RecordForms forms;
  private final Writes writes;
  private final WriterThread writer;

  /** Looked at by what reads for long, between two entries. */
  private volatile boolean readingOver;

  PostgresDatabase(
      PostgresEngine engine,
      Server server,
      String name,
      Path directory,
      List<? extends Table<?, ?>> wanted) {
    this.engine = engine;
    this.server = server;
    this.name = name;
    this.directory = directory;
    this.tables = new SqlTables(server.schema(), name, wanted);
    this.forms = new RecordForms(new UnreadableRecords());
    EntryCounts counts = server.retries().run(this::take);
    this.writes =
        new Writes(
            new WriterSession(server, name),
            tables,
            forms,
            new RecordCache(server.address().cache()),
            counts);
    try {
      writes.writeOpen(this::bringUp);
    } catch (RuntimeException | Error refused) {
      writes.close();
      throw refused;
    }
    this.writer = new WriterThread("postgres-" + name, writes, MOST_WAITING, MOST_IN_GROUP);
  }

  /** Makes the tables, and this server the one that writes to them. */
  private EntryCounts take() throws SQLException {
    try (Connection connection = server.connections().forWriting()) {
      Layout.make(connection, tables.all());
      connection.setAutoCommit(false);
      if (!Lease.renew(connection, server.schema(), server.leadership().start())) {
        connection.rollback();
        throw server.leadership().lost();
      }
      boolean loading = own(connection, server, name, false);
      EntryCounts counts = EntryCounts.load(connection, server.schema(), tables.all());
      connection.commit();
      if (loading) {
        throw new StorageDamagedException(
            "a copy into %s, database %s, was not finished: make it again"
                .formatted(server.address(), name));
      }
      return counts;
    }
  }

  /**
   * Gives a database to this server, in a transaction that has shown that it holds the lease.
   *
   * @param loading whether it is to be filled
   * @return whether it was being filled before
   */
  static boolean own(Connection connection, Server server, String name, boolean loading)
      throws SQLException {
    boolean before;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select loading from " + server.schema() + ".databases where name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        before = row.next() && row.getBoolean(1);
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into "
                + server.schema()
                + ".databases as d (name, server, connection, commits, loading)"
                + " values (?, ?, 1, 0, ?) on conflict (name) do update"
                + " set server = excluded.server, connection = d.connection + 1,"
                + " loading = d.loading or excluded.loading")) {
      statement.setString(1, name);
      statement.setString(2, server.leadership().start());
      statement.setBoolean(3, loading);
      int _ = statement.executeUpdate();
    }
    return before;
  }

  private void bringUp(OpenWrites open) {
    for (SqlTable table : tables.all()) {
      if (!table.table().equals(About.TABLE)
          && About.bringUp(server.address() + ", database " + name + ",", open, table.table())) {
        open.addChecksums(table);
      }
    }
  }

  @Override
  public <R> R read(Function<ReadTransaction, R> body) {
    server.leadership().failIfLost();
    engine.failIfClosed(this);
    try (ReadPool.Reading reading = server.readers().begin()) {
      return body.apply(view(reading));
    }
  }

  private void failIfReadingIsOver() {
    if (readingOver) {
      throw new StorageClosedException();
    }
  }

  /** Its tables in somebody's view. */
  ReadTransaction view(Queries queries) {
    return new OpenReads(queries, server.schema(), tables, forms, this::failIfReadingIsOver);
  }

  @Override
  public <R> CompletionStage<R> write(Function<WriteTransaction, R> body) {
    return writer.submit(body);
  }

  @Override
  public <R> R writeAndWait(Function<WriteTransaction, R> body) {
    return writer.submitAndWait(body);
  }

  @Override
  public WriteActivity activity() {
    return writer.activity();
  }

  @Override
  public Optional<String> loss() {
    return server.leadership().loss().or(writer::loss);
  }

  @Override
  public List<String> verify() {
    UnreadableRecords met = new UnreadableRecords();
    List<String> names = new ArrayList<>();
    try (ReadPool.Reading reading = server.readers().begin()) {
      OpenReads view =
          new OpenReads(
              reading, server.schema(), tables, new RecordForms(met), this::failIfReadingIsOver);
      for (SqlTable table : tables.all()) {
        verify(view, table.table());
        long counted = reading.query(connection -> EntryCounts.counted(connection, table));
        long noted = view.entries(table);
        if (counted != noted) {
          names.add(
              "table %s has %d records and not %d as noted"
                  .formatted(table.table().name(), counted, noted));
        }
      }
    }
    names.addAll(met.names());
    return names;
  }

  private static <K, V> void verify(ReadTransaction view, Table<K, V> table) {
    view.scan(table, Range.all(), (key, value) -> true);
  }

  @Override
  public void probe() {
    server.leadership().failIfLost();
    engine.failIfClosed(this);
    engine.answers();
  }

  @Override
  public StorageEngine engine() {
    return engine;
  }

  @Override
  public Path directory() {
    return directory;
  }

  String name() {
    return name;
  }

  @Override
  public void close() {
    readingOver = true;
    writer.close();
    writes.close();
    engine.closed(this);
  }
}
