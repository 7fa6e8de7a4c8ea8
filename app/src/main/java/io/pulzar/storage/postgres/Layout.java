package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageVersionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables of the schema that belong to no feature, and which version of them is there. Features'
 * tables all look the same, and say their formats themselves.
 */
final class Layout {

  /** What leads to each version from the one before. Never change one; add one. */
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "create table if not exists %s.leader (id integer primary key, fence bigint not null,"
                  + " beat bigint not null, server text not null, holder text not null,"
                  + " url text not null)",
              "create table if not exists %s.databases (name text primary key,"
                  + " server text not null, connection bigint not null, commits bigint not null,"
                  + " loading boolean not null)",
              "create table if not exists %s.counts (name text primary key, title text not null,"
                  + " entries bigint not null)",
              "create table if not exists %s.masters (server text primary key,"
                  + " holder text not null, url text not null, version text not null,"
                  + " started timestamptz not null, seen timestamptz not null)",
              "create table if not exists %s.shared (name text primary key, value text not null,"
                  + " holder text not null)",
              "insert into %s.leader values (1, 0, 0, '', '', '') on conflict (id) do nothing"));

  /** Somebody else made the same at the same time. */
  private static final Set<String> MADE_MEANWHILE = Set.of("23505", "42P06", "42P07", "XX000");

  private static final int MOST_TRIES = 5;

  private Layout() {}

  /**
   * Brings the schema to this program's version; any number of servers may do it at once.
   *
   * @throws StorageVersionException when a newer program made it
   */
  static void bringUp(Connection connection, String schema, String place) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        bringUpOnce(connection, schema, place);
        return;
      } catch (SQLException failure) {
        if (tries == MOST_TRIES
            || !MADE_MEANWHILE.contains(String.valueOf(failure.getSQLState()))) {
          throw failure;
        }
      }
    }
  }

  private static void bringUpOnce(Connection connection, String schema, String place)
      throws SQLException {
    if (!isThere(connection, schema)) {
      run(connection, "create schema if not exists " + schema);
    }
    run(
        connection,
        "create table if not exists " + schema + ".layout (version integer primary key)");
    int found = version(connection, schema);
    if (found > VERSIONS.size()) {
      throw new StorageVersionException(
          "%s, schema %s, was laid out by a newer Pulzar (version %d, this one knows %d): use that version, or set another pulzar.storage.schema"
              .formatted(place, schema, found, VERSIONS.size()));
    }
    for (int version = found; version < VERSIONS.size(); version++) {
      for (String step : VERSIONS.get(version)) {
        run(connection, step.formatted(schema));
      }
      run(
          connection,
          "insert into %s.layout values (%d) on conflict (version) do nothing"
              .formatted(schema, version + 1));
    }
  }

  /** Makes the tables of a database that are not there yet. */
  static void make(Connection connection, Collection<SqlTable> tables) throws SQLException {
    run(
        connection,
        tables.stream()
            .map(
                table ->
                    "create table if not exists "
                        + table.sql()
                        + " (key bytea primary key, value bytea not null)")
            .collect(Collectors.joining("; ")));
  }

  private static boolean isThere(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select 1 from pg_catalog.pg_namespace where nspname = ?")) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static int version(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(version) from " + schema + ".layout")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
