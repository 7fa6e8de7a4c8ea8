package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallContext;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TypeInfo;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** A connection to a database server. */
final class JdbcConnection implements CallContext.Resource {

  private static final int MOST_NOTICES = 50;
  private static final int LARGEST_BATCH = 1000;

  private final List<Object> notices = new ArrayList<>();
  private final Connection connection;
  private final CallContext run;

  JdbcConnection(Connection connection, CallContext run) throws SQLException {
    this.connection = connection;
    this.run = run;
    connection.setAutoCommit(false);
    run.keep(this);
  }

  Connection connection() {
    return connection;
  }

  /**
   * Runs what may be several statements; the last result counts.
   *
   * @param parameters for the question marks, or null to take the text as it is
   * @param texts values as the server wrote them, for a client that knows its types
   * @return marshalled: columns or None, rows, and how many rows were changed
   */
  synchronized byte[] execute(
      String sql, @Nullable List<@Nullable Object> parameters, boolean texts)
      throws SQLException, HostCallException {
    try (Statement statement = statement(sql, parameters)) {
      try {
        boolean hasRows =
            statement instanceof PreparedStatement prepared
                ? prepared.execute()
                : statement.execute(sql);
        MarshalWriter out = write(statement, hasRows, texts);
        while (true) {
          hasRows = statement.getMoreResults();
          if (!hasRows && statement.getUpdateCount() < 0) {
            return out.toBytes();
          }
          out = write(statement, hasRows, texts);
        }
      } finally {
        keepNotices(statement);
      }
    }
  }

  /**
   * Runs what may be several statements.
   *
   * @param parameters for the question marks
   * @param seconds that it may take; 0 for as long as the run may
   * @return marshalled: for each result its columns or None, rows, and how many rows were changed
   */
  synchronized byte[] results(String sql, List<@Nullable Object> parameters, int seconds)
      throws SQLException, HostCallException {
    try (Statement statement = statement(sql, parameters.isEmpty() ? null : parameters)) {
      statement.setQueryTimeout(seconds);
      boolean hasRows =
          statement instanceof PreparedStatement prepared
              ? prepared.execute()
              : statement.execute(sql);
      MarshalWriter out = new MarshalWriter(1024);
      int list = out.beginList();
      int count = 0;
      do {
        count++;
        writeOne(statement, hasRows, false, out);
        hasRows = statement.getMoreResults();
      } while (hasRows || statement.getUpdateCount() >= 0);
      out.endList(list, count);
      return out.toBytes();
    }
  }

  /** Rows that the driver made, in the same form; they are closed. */
  synchronized byte[] results(ResultSet given) throws SQLException, HostCallException {
    MarshalWriter out = new MarshalWriter(1024);
    out.list(1);
    out.tuple(3);
    try (ResultSet rows = given) {
      writeRows(rows, null, false, out);
    }
    out.whole(-1);
    return out.toBytes();
  }

  /** Runs one statement for each row of parameters. */
  synchronized void many(String sql, List<List<@Nullable Object>> rows) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (List<@Nullable Object> row : rows) {
        set(prepared, row);
        prepared.addBatch();
        if (++waiting == LARGEST_BATCH) {
          int[] ignored = prepared.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        int[] ignored = prepared.executeBatch();
      }
    }
  }

  /** What the server said beside results, until it is asked for. */
  private void keepNotices(Statement statement) throws SQLException {
    for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
      ServerErrorMessage message =
          said instanceof PSQLWarning own ? own.getServerErrorMessage() : null;
      String severity = message == null ? "NOTICE" : String.valueOf(message.getSeverity());
      String text = message == null ? said.getMessage() : message.getMessage();
      if (notices.size() < MOST_NOTICES) {
        notices.add(List.of(severity, String.valueOf(text)));
      }
    }
  }

  /** Severity and text of each notice since the last call. */
  synchronized List<Object> takeNotices() {
    List<Object> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  private Statement statement(String sql, @Nullable List<@Nullable Object> parameters)
      throws SQLException {
    if (parameters == null) {
      Statement statement = connection.createStatement();
      statement.setEscapeProcessing(false);
      return statement;
    }
    PreparedStatement prepared = connection.prepareStatement(sql);
    set(prepared, parameters);
    return prepared;
  }

  private static void set(PreparedStatement prepared, List<@Nullable Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      prepared.setObject(i + 1, parameters.get(i));
    }
  }

  private static MarshalWriter write(Statement statement, boolean hasRows, boolean texts)
      throws SQLException, HostCallException {
    MarshalWriter out = new MarshalWriter(1024);
    writeOne(statement, hasRows, texts, out);
    return out;
  }

  private static void writeOne(
      Statement statement, boolean hasRows, boolean texts, MarshalWriter out)
      throws SQLException, HostCallException {
    out.tuple(3);
    if (hasRows) {
      try (ResultSet rows = statement.getResultSet()) {
        writeRows(rows, types(statement), texts, out);
      }
    } else {
      out.none();
      out.list(0);
    }
    out.whole(statement.getUpdateCount());
  }

  private static void writeRows(
      ResultSet rows, @Nullable TypeInfo types, boolean texts, MarshalWriter out)
      throws SQLException, HostCallException {
    int columns = writeColumns(rows.getMetaData(), types, out);
    RowBatch.write(rows, columns, texts ? ResultSet::getString : JdbcConnection::plain, true, out);
  }

  private static @Nullable TypeInfo types(Statement statement) throws SQLException {
    Connection connection = statement.getConnection();
    return connection.isWrapperFor(BaseConnection.class)
        ? connection.unwrap(BaseConnection.class).getTypeInfo()
        : null;
  }

  /**
   * A tuple with name, type of the server, type of JDBC, precision, scale, nullability and number
   * of the server's type each.
   */
  private static int writeColumns(
      ResultSetMetaData about, @Nullable TypeInfo types, MarshalWriter out)
      throws SQLException, HostCallException {
    int columns = about.getColumnCount();
    out.tuple(columns);
    for (int column = 1; column <= columns; column++) {
      out.tuple(7);
      out.text(about.getColumnLabel(column));
      out.text(about.getColumnTypeName(column));
      out.whole(about.getColumnType(column));
      out.whole(about.getPrecision(column));
      out.whole(about.getScale(column));
      out.whole(about.isNullable(column));
      out.whole(types == null ? 0 : types.getPGType(about.getColumnTypeName(column)));
    }
    return columns;
  }

  /** What marshal knows as it is; anything else as text. */
  private static @Nullable Object plain(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    return switch (value) {
      case null -> null;
      case Boolean _, Number _ when !(value instanceof BigDecimal) -> value;
      case byte[] _ -> value;
      case java.sql.Timestamp moment -> moment.toLocalDateTime().toString();
      default -> value.toString();
    };
  }

  @Override
  public void interrupt() throws SQLException {
    connection.abort(Runnable::run);
  }

  /** Stops what another thread does in it. */
  @Override
  public void close() throws SQLException {
    run.forget(this);
    connection.close();
  }
}
