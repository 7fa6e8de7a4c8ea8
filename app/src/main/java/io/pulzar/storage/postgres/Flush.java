package io.pulzar.storage.postgres;

import io.pulzar.storage.postgres.Changes.Before;
import io.pulzar.storage.postgres.Changes.Pending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;

/**
 * Sends the changes of one transaction: a few statements for each table, all of them in one text,
 * which the driver sends at once. Most texts repeat, so that the server has them prepared.
 *
 * <p>A record of which nobody knows whether it is there is inserted, which says so by counting;
 * only where it was there, a second round replaces it.
 */
final class Flush {

  /** Bytes of one statement. */
  private static final long LARGEST = 4 << 20;

  private enum Kind {
    /** Nothing happens to what is there. */
    INSERT,
    REPLACE,
    DELETE
  }

  /** One statement, with the keys and values for it. */
  private record Part(Kind kind, SqlTable table, List<byte[]> keys, List<byte[]> values) {

    String sql() {
      return switch (kind) {
        case INSERT -> insert("do nothing");
        case REPLACE -> insert("do update set value = excluded.value");
        case DELETE -> "delete from " + table.sql() + " where key = any(?::bytea[])";
      };
    }

    private String insert(String otherwise) {
      return "insert into "
          + table.sql()
          + " (key, value) select k, v from unnest(?::bytea[], ?::bytea[]) as u(k, v)"
          + " on conflict (key) "
          + otherwise;
    }
  }

  private final String schema;
  private final Changes changes;
  private final EntryCounts counts;
  private final List<Part> parts = new ArrayList<>();

  Flush(String schema, Changes changes, EntryCounts counts) {
    this.schema = schema;
    this.changes = changes;
    this.counts = counts;
    changes.tables().forEach(this::addTable);
  }

  private void addTable(SqlTable table, NavigableMap<Bytes, Pending> changed) {
    changed.forEach(
        (key, pending) -> {
          if (pending.value().isPresent()) {
            Kind kind = pending.before() == Before.THERE ? Kind.REPLACE : Kind.INSERT;
            add(kind, table, key.array(), pending.value().get());
          } else if (pending.before() != Before.ABSENT) {
            add(Kind.DELETE, table, key.array(), new byte[0]);
          }
        });
  }

  private void add(Kind kind, SqlTable table, byte[] key, byte[] value) {
    for (int i = parts.size() - 1; i >= 0 && parts.get(i).table().equals(table); i--) {
      Part part = parts.get(i);
      if (part.kind() == kind) {
        if (size(part) > LARGEST) {
          break;
        }
        part.keys().add(key);
        part.values().add(value);
        return;
      }
    }
    Part part = new Part(kind, table, new ArrayList<>(), new ArrayList<>());
    part.keys().add(key);
    part.values().add(value);
    parts.add(part);
  }

  private static long size(Part part) {
    return part.values().stream().mapToLong(value -> value.length).sum();
  }

  /**
   * Sends everything but the commit.
   *
   * @return whether this writer still may write; false: nothing of this may be committed
   */
  boolean run(Connection connection, WriterMark mark, long commit) throws SQLException {
    Map<SqlTable, Long> entries = new LinkedHashMap<>();
    changes
        .tables()
        .keySet()
        .forEach(table -> entries.put(table, counts.of(table) + changes.growth(table)));
    entries.entrySet().removeIf(entry -> entry.getValue() == counts.of(entry.getKey()));
    List<Integer> done = send(connection, mark, commit, parts, entries);
    if (done.getFirst() != 1) {
      return false;
    }
    correct(connection, mark, commit, done.subList(1, done.size()), entries);
    counts.pend(entries);
    return true;
  }

  /** Does what turned out to be different from what was taken for likely. */
  private void correct(
      Connection connection,
      WriterMark mark,
      long commit,
      List<Integer> done,
      Map<SqlTable, Long> entries)
      throws SQLException {
    List<Part> again = new ArrayList<>();
    Map<SqlTable, Long> corrected = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int difference = difference(part, done.get(i));
      if (difference != 0) {
        long expected = entries.getOrDefault(part.table(), counts.of(part.table()));
        corrected.merge(part.table(), expected - difference, (one, more) -> one - difference);
        if (part.kind() == Kind.INSERT) {
          again.add(new Part(Kind.REPLACE, part.table(), part.keys(), part.values()));
        }
      }
    }
    if (!corrected.isEmpty()) {
      List<Integer> _ = send(connection, mark, commit, again, corrected);
      entries.putAll(corrected);
    }
  }

  /** How many records more than was taken for likely were there already. */
  private int difference(Part part, int done) {
    return switch (part.kind()) {
      case INSERT -> part.keys().size() - done;
      case REPLACE -> 0;
      case DELETE -> done - known(part);
    };
  }

  private int known(Part part) {
    NavigableMap<Bytes, Pending> changed = changes.tables().get(part.table());
    int known = 0;
    for (byte[] key : part.keys()) {
      Pending pending = changed == null ? null : changed.get(new Bytes(key));
      known += pending != null && pending.before() == Before.THERE ? 1 : 0;
    }
    return known;
  }

  /** How many rows each statement touched; the first one is the mark's. */
  private List<Integer> send(
      Connection connection,
      WriterMark mark,
      long commit,
      List<Part> wanted,
      Map<SqlTable, Long> entries)
      throws SQLException {
    String sql = wanted.stream().map(part -> "; " + part.sql()).collect(Collectors.joining());
    String count = entries.isEmpty() ? "" : "; " + EntryCounts.sql(schema);
    try (PreparedStatement statement =
        connection.prepareStatement(mark.sql(schema) + sql + count)) {
      int at = mark.bind(statement, 1, commit);
      for (Part part : wanted) {
        statement.setArray(at++, SqlRows.array(connection, part.keys()));
        if (part.kind() != Kind.DELETE) {
          statement.setArray(at++, SqlRows.array(connection, part.values()));
        }
      }
      if (!entries.isEmpty()) {
        EntryCounts.bind(connection, statement, at, entries);
      }
      boolean _ = statement.execute();
      List<Integer> done = new ArrayList<>();
      for (int rows = statement.getUpdateCount(); rows >= 0; rows = statement.getUpdateCount()) {
        done.add(rows);
        boolean _ = statement.getMoreResults();
      }
      return done;
    }
  }
}
