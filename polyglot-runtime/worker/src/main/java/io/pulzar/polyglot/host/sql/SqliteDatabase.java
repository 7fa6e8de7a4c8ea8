package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallContext;
import io.pulzar.polyglot.host.HeapRoom;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** One connection, and the results of it that were not read to their end. */
final class SqliteDatabase implements CallContext.Resource {

  static final String MEMORY = ":memory:";

  /** As many as SQLite has by default. */
  private static final int ATTACHED = 10;

  private static final int LAST_LIMIT = SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS.getId();

  private final JDBC4Connection connection;
  private final SqliteGate gate = new SqliteGate();
  private final boolean inMemory;
  private final boolean readOnly;
  private final CallContext run;
  private final List<SqliteRows> open = new ArrayList<>();
  private final Object interrupting = new Object();
  private boolean interruptible = true;
  private final RowChanges changes = new RowChanges();
  private @Nullable PreparedStatement lastRow;

  /**
   * Opens a database.
   *
   * @param file a checked path, {@code :memory:}, or a URI that makes SQLite write nothing
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
    this.inMemory = file.equals(MEMORY);
    this.readOnly = readOnly;
    this.run = run;
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
    run.keep(this);
  }

  /** Does something with the connection, when nothing else is done with it. */
  <T> T with(SqliteGate.Work<T> work) throws SQLException, HostCallException {
    return gate.pass(work);
  }

  /** A change of what the connection knows, and nothing in it. */
  @FunctionalInterface
  interface Change {
    void make(JDBC4Connection connection) throws SQLException, HostCallException;
  }

  void change(Change change) throws SQLException, HostCallException {
    gate.perform(() -> change.make(connection));
  }

  /**
   * Sets one of SQLite's limits, a negative one being left as it is.
   *
   * @return what it was
   */
  int limit(int category, int value) throws SQLException, HostCallException {
    if (category < 0 || category > LAST_LIMIT) {
      throw new HostCallException("sqlite3.ProgrammingError", "'category' is out of bounds");
    }
    if (value >= 0
        && (category == SQLiteLimits.SQLITE_LIMIT_ATTACHED.getId()
            || category == SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS.getId())) {
      throw new HostCallException(
          "sqlite3.NotSupportedError", "this limit is what keeps a script in its directory");
    }
    return gate.pass(() -> connection.getDatabase().limit(category, value));
  }

  /** For use inside {@link #with} only. */
  JDBC4Connection connection() {
    return connection;
  }

  SqliteGate gate() {
    return gate;
  }

  /** Runs one statement; a result with many rows stays open. */
  List<@Nullable Object> execute(String sql, List<@Nullable Object> parameters, boolean allRows)
      throws SQLException, HostCallException {
    SqlitePragmas.check(sql);
    return gate.pass(() -> executeInside(sql, parameters, allRows));
  }

  private List<@Nullable Object> executeInside(
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
  long executeMany(String sql, List<@Nullable Object> rows) throws SQLException, HostCallException {
    return gate.pass(() -> executeManyInside(sql, rows));
  }

  private long executeManyInside(String sql, List<@Nullable Object> rows)
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
  void settle() throws SQLException, HostCallException {
    gate.perform(
        () -> {
          for (SqliteRows rows : List.copyOf(open)) {
            rows.readToEnd();
          }
        });
  }

  /** Asks SQLite, which knows: it may have rolled back by itself. */
  boolean inTransaction() throws SQLException, HostCallException {
    return gate.pass(
        () -> {
          try {
            executePlain("BEGIN");
          } catch (SQLException already) {
            return true;
          }
          executePlain("ROLLBACK");
          return false;
        });
  }

  void attach(String checkedFile, String name) throws SQLException, HostCallException {
    withAttaching("ATTACH ? AS " + quoted(name), List.of(checkedFile));
  }

  /**
   * Lets SQLite attach what this operation itself asks for: a file that was checked, or the
   * database that VACUUM builds.
   *
   * <p>VACUUM calls the script's collations meanwhile. They can't make use of the lowered guard,
   * because the gate lets no statement of theirs through to this connection.
   */
  void vacuum(@Nullable String schema, @Nullable String checkedFile)
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
    gate.perform(
        () -> {
          connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, ATTACHED);
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.execute();
          } finally {
            connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
          }
        });
  }

  /**
   * Replaces everything in this database by what is in another one, through the connection that was
   * opened and checked: one that is read-only refuses.
   */
  void copyFrom(SqliteDatabase source) throws SQLException, HostCallException {
    byte[] content = source.serialize("main");
    if (inMemory) {
      deserialize("main", content);
      return;
    }
    try {
      Path copy = run.temporaryFile();
      try {
        Files.write(copy, content);
        gate.perform(() -> restore(copy));
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new HostCallException(
          "sqlite3.OperationalError", "the copy cannot be written to the run's directory");
    }
  }

  /**
   * The driver does not tell of every failure. SQLite counts the version of the schema up as the
   * last thing that it does before the copy counts.
   */
  private void restore(Path copy) throws SQLException {
    if (readOnly) {
      throw new SQLiteException(
          "attempt to write a readonly database", SQLiteErrorCode.SQLITE_READONLY);
    }
    long before = number("PRAGMA schema_version");
    int result = connection.getDatabase().restore("main", copy.toString(), null);
    if (result != SQLiteErrorCode.SQLITE_OK.code) {
      throw new SQLiteException(
          "the database could not be replaced", SQLiteErrorCode.getErrorCode(result));
    }
    if (number("PRAGMA schema_version") == before) {
      throw new SQLiteException("database is locked", SQLiteErrorCode.SQLITE_BUSY);
    }
  }

  /** The bytes that a file with this database would have. */
  byte[] serialize(String schema) throws SQLException, HostCallException {
    return gate.pass(
        () -> {
          HeapRoom.require(number("PRAGMA page_count") * number("PRAGMA page_size"));
          return connection.serialize(schema);
        });
  }

  void deserialize(String schema, byte[] content) throws SQLException, HostCallException {
    gate.perform(
        () -> {
          connection.deserialize(schema, content);
        });
  }

  /** See {@link RowChanges#of}. */
  long rowChanges(RowChanges.Row row) throws SQLException, HostCallException {
    return gate.pass(() -> changes.of(row, connection));
  }

  void forget(SqliteRows rows) {
    open.remove(rows);
  }

  /** Stops what another thread does in it. */
  @Override
  public void interrupt() throws SQLException {
    synchronized (interrupting) {
      if (interruptible) {
        connection.getDatabase().interrupt();
      }
    }
  }

  /** Stops what another thread does in it. */
  @Override
  public void close() throws SQLException, HostCallException {
    if (!gate.isInside()) {
      interrupt();
    }
    gate.close(
        () -> {
          synchronized (interrupting) {
            interruptible = false;
          }
          run.forget(this);
          for (SqliteRows rows : List.copyOf(open)) {
            rows.closeInside();
          }
          if (lastRow != null) {
            lastRow.close();
          }
          connection.close();
        });
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

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getLong(1);
    }
  }

  private void executePlain(String sql) throws SQLException {
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

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
