package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns SQLite's errors into what Python raises: {@code sqlite3.} and the extended result code. */
final class SqliteErrors {

  private SqliteErrors() {}

  static HostCallException of(SQLException failed) {
    if (failed instanceof SQLiteException lite) {
      SQLiteErrorCode code = lite.getResultCode();
      return new HostCallException("sqlite3." + code.code + " " + code.name(), message(lite, code));
    }
    return new HostCallException("sqlite3.1 SQLITE_ERROR", String.valueOf(failed.getMessage()));
  }

  /** The driver writes {@code [CODE] what the code means (what SQLite said)}. */
  private static String message(SQLiteException failed, SQLiteErrorCode code) {
    String whole = String.valueOf(failed.getMessage());
    String general = code + " (";
    return whole.startsWith(general) && whole.endsWith(")")
        ? whole.substring(general.length(), whole.length() - 1)
        : whole;
  }
}
