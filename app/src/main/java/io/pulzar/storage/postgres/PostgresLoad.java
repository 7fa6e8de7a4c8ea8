package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageException;
import io.pulzar.storage.engine.About;
import io.pulzar.storage.engine.DumpReader;
import io.pulzar.storage.engine.RecordForms;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a database of a copy, in several transactions; until the last one, the database says that
 * it is not whole.
 */
final class PostgresLoad {

  private static final long GROUP = 4L << 20;

  private final Server server;
  private final String database;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();
  private long bytes;

  PostgresLoad(Server server, String database) {
    this.server = server;
    this.database = database;
  }

  void run(InputStream source, Instant made, Instant restored) throws IOException {
    DumpReader in = new DumpReader(source);
    try (Connection connection = server.connections().forWriting()) {
      connection.setAutoCommit(false);
      begin(connection);
      Map<String, Long> entries = new LinkedHashMap<>();
      for (Optional<String> table = in.nextTable(); table.isPresent(); table = in.nextTable()) {
        entries.put(table.get(), fill(connection, table.get(), in));
      }
      end(connection, entries, About.restored(made, restored));
    } catch (SQLException | StorageException failure) {
      throw new IOException("a database can't be written: " + failure.getMessage(), failure);
    }
  }

  private void begin(Connection connection) throws SQLException, IOException {
    proveLease(connection);
    boolean unfinished = PostgresDatabase.own(connection, server, database, true);
    if (!unfinished && isFilled(connection)) {
      connection.rollback();
      throw new IOException(
          server.address() + " has a database " + database + " already, with records in it");
    }
    connection.commit();
  }

  private boolean isFilled(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select 1 from "
                + server.schema()
                + ".counts where name like ? and name <> ? and entries > 0")) {
      statement.setString(1, database + "\\_\\_%");
      statement.setString(2, SqlTable.name(database, About.TABLE.name()));
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private long fill(Connection connection, String table, DumpReader in)
      throws SQLException, IOException {
    String sql = SqlTable.name(database, table, server.schema());
    Layout.run(
        connection,
        "create table if not exists " + sql + " (key bytea primary key, value bytea not null)");
    Layout.run(connection, "delete from " + sql);
    connection.commit();
    long entries = 0;
    while (in.nextEntry()) {
      keys.add(in.key());
      values.add(in.value());
      bytes += in.key().length + in.value().length;
      entries++;
      if (bytes > GROUP) {
        insert(connection, sql);
      }
    }
    insert(connection, sql);
    return entries;
  }

  private void insert(Connection connection, String table) throws SQLException {
    if (!keys.isEmpty()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "insert into "
                  + table
                  + " (key, value) select k, v from unnest(?::bytea[], ?::bytea[]) as u(k, v)")) {
        statement.setArray(1, SqlRows.array(connection, keys));
        statement.setArray(2, SqlRows.array(connection, values));
        int _ = statement.executeUpdate();
      }
      proveLease(connection);
      connection.commit();
      keys.clear();
      values.clear();
      bytes = 0;
    }
  }

  private void end(Connection connection, Map<String, Long> entries, Map<String, Long> notes)
      throws SQLException {
    String about = SqlTable.name(database, About.TABLE.name(), server.schema());
    Layout.run(
        connection,
        "create table if not exists " + about + " (key bytea primary key, value bytea not null)");
    for (Map.Entry<String, Long> note : notes.entrySet()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "insert into "
                  + about
                  + " (key, value) values (?, ?) on conflict (key) do update"
                  + " set value = excluded.value")) {
        statement.setBytes(1, RecordForms.key(About.TABLE, note.getKey()));
        statement.setBytes(2, About.TABLE.values().write(note.getValue()));
        int _ = statement.executeUpdate();
      }
    }
    entries.put(About.TABLE.name(), count(connection, about));
    for (Map.Entry<String, Long> table : entries.entrySet()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "insert into "
                  + server.schema()
                  + ".counts (name, title, entries) values (?, ?, ?) on conflict (name) do update"
                  + " set entries = excluded.entries")) {
        statement.setString(1, SqlTable.name(database, table.getKey()));
        statement.setString(2, table.getKey());
        statement.setLong(3, table.getValue());
        int _ = statement.executeUpdate();
      }
    }
    Layout.run(
        connection,
        "update %s.databases set loading = false where name = '%s'"
            .formatted(server.schema(), database));
    proveLease(connection);
    connection.commit();
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select count(*) from " + table);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private void proveLease(Connection connection) throws SQLException {
    if (!Lease.renew(connection, server.schema(), server.leadership().start())) {
      connection.rollback();
      throw server.leadership().lost();
    }
  }
}
