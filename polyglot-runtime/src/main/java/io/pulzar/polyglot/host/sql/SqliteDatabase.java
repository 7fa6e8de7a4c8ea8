package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallContext;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** One connection, and the results of it that were not read to their end. */
final class SqliteDatabase implements AutoCloseable {

  /** As many as SQLite has by default. */
  private static final int ATTACHED = 10;

  private final JDBC4Connection connection;
  private final String file;
  private final CallContext run;
  private final List<SqliteRows> open = new ArrayList<>();
  private @Nullable PreparedStatement lastRow;

  /**
   * Opens a database.
   *
   * @param file a checked path, or {@code :memory:}
   */
  SqliteDatabase(String file, boolean readOnly, boolean create, int timeoutMillis, CallContext run)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(timeoutMillis);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.enableLoadExtension(false);
    if (readOnly) {
      config.setReadOnly(true);
    } else if (!create) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    // A path could hold what the driver takes for one of its options.
    Properties properties = config.toProperties();
    connection = new JDBC4Connection("jdbc:sqlite:", file, properties);
    this.file = file;
    this.run = run;
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
    execute("PRAGMA hard_heap_limit=" + Runtime.getRuntime().maxMemory());
    run.keep(this);
  }

  JDBC4Connection connection() {
    return connection;
  }

  /** Runs one statement; a result with many rows stays open. */
  synchronized List<@Nullable Object> execute(
      String sql, List<@Nullable Object> parameters, boolean allRows)
      throws SQLException, HostCallException {
    PreparedStatement statement = connection.prepareStatement(sql);
    boolean kept = false;
    try {
      bind(statement, parameters);
      boolean hasRows = statement.execute();
      MarshalWriter out = new MarshalWriter(1024);
      @Nullable SqliteRows rows = null;
      out.tuple(4);
      if (hasRows) {
        rows = new SqliteRows(this, statement);
        rows.writeColumns(out);
        kept = rows.write(out, allRows);
      } else {
        out.none();
        out.list(0);
      }
      if (kept && rows != null) {
        open.add(rows);
      }
      out.whole(connection.getDatabase().changes());
      out.whole(lastRow());
      List<@Nullable Object> answer = new ArrayList<>();
      answer.add(out.toBytes());
      answer.add(kept ? rows : null);
      return answer;
    } finally {
      if (!kept) {
        statement.close();
      }
    }
  }

  /** Runs a statement once for each list of parameters; returns how many rows it changed. */
  synchronized long executeMany(String sql, List<@Nullable Object> rows)
      throws SQLException, HostCallException {
    long before = connection.getDatabase().total_changes();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object row : rows) {
        if (!(row instanceof List<?> parameters)) {
          throw new HostCallException("TypeError", "parameters must be sequences");
        }
        bind(statement, parameters);
        if (statement.execute()) {
          throw new HostCallException(
              "sqlite3.ProgrammingError", "executemany() can only execute DML statements.");
        }
      }
    }
    return connection.getDatabase().total_changes() - before;
  }

  /** Reads what open results still have, because the next statement could not go on beside them. */
  synchronized void settle() throws SQLException, HostCallException {
    for (SqliteRows rows : List.copyOf(open)) {
      rows.readToEnd();
    }
  }

  /** Asks SQLite, which knows: it may have rolled back by itself. */
  synchronized boolean inTransaction() throws SQLException {
    try {
      execute("BEGIN");
    } catch (SQLException already) {
      return true;
    }
    execute("ROLLBACK");
    return false;
  }

  synchronized void attach(String checkedFile, String name) throws SQLException, HostCallException {
    withAttaching("ATTACH ? AS " + quoted(name), List.of(checkedFile));
  }

  synchronized void vacuum(@Nullable String schema, @Nullable String checkedFile)
      throws SQLException, HostCallException {
    String sql = schema == null ? "VACUUM" : "VACUUM " + quoted(schema);
    if (checkedFile == null) {
      withAttaching(sql, List.of());
    } else {
      withAttaching(sql + " INTO ?", List.of(checkedFile));
    }
  }

  private void withAttaching(String sql, List<?> parameters)
      throws SQLException, HostCallException {
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, ATTACHED);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      statement.execute();
    } finally {
      connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    }
  }

  /** Copies everything into another database. */
  synchronized void copyInto(SqliteDatabase target) throws SQLException {
    synchronized (target) {
      if (target.file.equals(":memory:")) {
        target.connection.deserialize("main", connection.serialize("main"));
      } else {
        connection.getDatabase().backup("main", target.file, null);
      }
    }
  }

  synchronized void forget(SqliteRows rows) {
    open.remove(rows);
  }

  /** Stops what another thread does in it. */
  void interrupt() throws SQLException {
    connection.getDatabase().interrupt();
  }

  @Override
  public synchronized void close() throws SQLException {
    run.forget(this);
    for (SqliteRows rows : List.copyOf(open)) {
      rows.close();
    }
    if (lastRow != null) {
      lastRow.close();
    }
    connection.close();
  }

  private long lastRow() throws SQLException {
    PreparedStatement asked = lastRow;
    if (asked == null) {
      asked = connection.prepareStatement("SELECT last_insert_rowid()");
      lastRow = asked;
    }
    try (ResultSet row = asked.executeQuery()) {
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void bind(PreparedStatement statement, List<?> parameters)
      throws SQLException, HostCallException {
    int wanted = statement.getParameterMetaData().getParameterCount();
    if (wanted != parameters.size()) {
      throw new HostCallException(
          "sqlite3.ProgrammingError",
          "Incorrect number of bindings supplied. The current statement uses %d, and there are %d supplied."
              .formatted(wanted, parameters.size()));
    }
    for (int i = 0; i < parameters.size(); i++) {
      Object value = parameters.get(i);
      switch (value) {
        case null -> statement.setNull(i + 1, 0);
        case Long number -> statement.setLong(i + 1, number);
        case Boolean flag -> statement.setLong(i + 1, flag ? 1 : 0);
        case Double number when number.isNaN() -> statement.setNull(i + 1, 0);
        case Double number -> statement.setDouble(i + 1, number);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case BigInteger _ ->
            throw new HostCallException(
                "OverflowError", "Python int too large to convert to SQLite INTEGER");
        default -> statement.setString(i + 1, value.toString());
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
