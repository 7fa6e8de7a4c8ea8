package io.pulzar.storage.postgres;

import io.pulzar.storage.MasterServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows in which masters tell of themselves. Their times are the database's. */
final class MasterRows {

  /** Whoever was silent for so long is not coming back. */
  private static final String FORGOTTEN = "interval '10 minutes'";

  private final String schema;
  private final String server;
  private final String holder;

  MasterRows(String schema, String server, String holder) {
    this.schema = schema;
    this.server = server;
    this.holder = holder;
  }

  void announce(Connection connection, String url, String version) throws SQLException {
    update(
        connection,
        "delete from %s.masters where server <> ? and (holder = ? or seen < now() - "
            + FORGOTTEN
            + ")",
        server,
        holder);
    update(
        connection,
        "insert into %s.masters (server, holder, url, version, started, seen)"
            + " values (?, ?, ?, ?, now(), now())"
            + " on conflict (server) do update set url = excluded.url, seen = now()",
        server,
        holder,
        url,
        version);
    // Where this one leads, clients of the others are sent here from now on.
    update(connection, "update %s.leader set url = ? where id = 1 and server = ?", url, server);
  }

  void beat(Connection connection) throws SQLException {
    update(connection, "update %s.masters set seen = now() where server = ?", server);
  }

  void leave(Connection connection) throws SQLException {
    update(connection, "delete from %s.masters where server = ?", server);
  }

  List<MasterServer> all(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                ("select m.url, m.version, m.server = l.server, m.started,"
                        + " cast(1000 * extract(epoch from (now() - m.seen)) as bigint)"
                        + " from %s.masters m, %s.leader l where l.id = 1"
                        + " order by m.started, m.server")
                    .formatted(schema, schema));
        ResultSet row = statement.executeQuery()) {
      List<MasterServer> all = new ArrayList<>();
      while (row.next()) {
        Timestamp started = row.getTimestamp(4);
        all.add(
            new MasterServer(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                started.toInstant(),
                Duration.ofMillis(Math.max(0, row.getLong(5)))));
      }
      return all;
    }
  }

  Map<String, String> sharedByOthers(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select name, value from %s.shared where holder <> ?".formatted(schema))) {
      statement.setString(1, holder);
      try (ResultSet row = statement.executeQuery()) {
        Map<String, String> shared = new HashMap<>();
        while (row.next()) {
          shared.put(row.getString(1), row.getString(2));
        }
        return shared;
      }
    }
  }

  void share(Connection connection, Map<String, String> facts) throws SQLException {
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      update(
          connection,
          "insert into %s.shared (name, value, holder) values (?, ?, ?) on conflict (name)"
              + " do update set value = excluded.value, holder = excluded.holder",
          fact.getKey(),
          fact.getValue(),
          holder);
    }
  }

  private void update(Connection connection, String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.formatted(schema))) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      int _ = statement.executeUpdate();
    }
  }
}
