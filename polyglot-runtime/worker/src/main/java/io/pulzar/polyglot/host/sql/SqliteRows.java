package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A result of which rows are left. */
final class SqliteRows implements AutoCloseable {

  private final SqliteDatabase database;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final int columns;
  private byte @Nullable [] rest;

  SqliteRows(SqliteDatabase database, PreparedStatement statement) throws SQLException {
    this.database = database;
    this.statement = statement;
    this.rows = statement.getResultSet();
    this.columns = rows.getMetaData().getColumnCount();
  }

  /** A tuple with a name and a declared type for each column. */
  void writeColumns(MarshalWriter out) throws SQLException, HostCallException {
    ResultSetMetaData about = statement.getMetaData();
    out.tuple(columns);
    for (int column = 1; column <= columns; column++) {
      out.tuple(2);
      out.text(about.getColumnName(column));
      out.text(about.getColumnTypeName(column));
    }
  }

  /** Writes the next rows; returns whether some may be left. */
  boolean write(MarshalWriter out, boolean all) throws SQLException, HostCallException {
    return RowBatch.write(rows, columns, ResultSet::getObject, all, out);
  }

  /** The next rows, a list; an empty one when there are no more. */
  byte[] next() throws SQLException, HostCallException {
    return database.with(
        () -> {
          byte[] read = rest;
          if (read != null) {
            rest = null;
            return read;
          }
          MarshalWriter out = new MarshalWriter(1024);
          if (statement.isClosed()) {
            out.list(0);
          } else if (!write(out, false)) {
            closeInside();
          }
          return out.toBytes();
        });
  }

  /** Keeps the remaining rows here, so that the statement can end. Inside the database's gate. */
  void readToEnd() throws SQLException, HostCallException {
    MarshalWriter out = new MarshalWriter(1024);
    write(out, true);
    rest = out.toBytes();
    closeInside();
  }

  @Override
  public void close() throws SQLException, HostCallException {
    database.gate().perform(this::closeInside);
  }

  /** Inside the database's gate. */
  void closeInside() throws SQLException {
    database.forget(this);
    statement.close();
  }
}
