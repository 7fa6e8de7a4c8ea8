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
    for (int i = 0; i < parameters.size(); i++) {
      prepared.setObject(i + 1, parameters.get(i));
    }
    return prepared;
  }

  private static MarshalWriter write(Statement statement, boolean hasRows, boolean texts)
      throws SQLException, HostCallException {
    MarshalWriter out = new MarshalWriter(1024);
    out.tuple(3);
    if (hasRows) {
      try (ResultSet rows = statement.getResultSet()) {
        int columns = writeColumns(rows.getMetaData(), types(statement), out);
        RowBatch.write(
            rows, columns, texts ? ResultSet::getString : JdbcConnection::plain, true, out);
      }
    } else {
      out.none();
      out.list(0);
    }
    out.whole(statement.getUpdateCount());
    return out;
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
