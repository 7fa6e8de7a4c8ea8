package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalReader;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;
import org.sqlite.Function;
import org.sqlite.ProgressHandler;
import org.sqlite.core.DB;

/**
 * A script's functions for use in SQL. Python gives one that takes a word and the arguments as
 * marshalled text, and returns a marshalled list with the result, or an empty one when it failed.
 *
 * <p>SQLite calls them through native code, which no Java exception may cross: the statement is
 * made to fail instead, and the database's gate throws what was thrown.
 */
final class SqliteCallbacks {

  private static final int VARIABLE = -1;
  private static final byte[] EMPTY = {};

  private SqliteCallbacks() {}

  static void function(
      SqliteDatabase database, String name, int arguments, boolean deterministic, Value python)
      throws SQLException, HostCallException {
    Function function =
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            Answer answer = called(database, python, "call", arguments(database, this, args()));
            switch (answer.failure("user-defined function raised exception")) {
              case null -> finish(answer.value());
              case String failure -> error(failure);
            }
          }

          private void finish(@Nullable Object value) throws SQLException {
            switch (value) {
              case null -> result();
              case Long number -> result(number);
              case Boolean flag -> result(flag ? 1 : 0);
              case Double number -> result(number);
              case byte[] bytes -> result(bytes);
              case Object text -> result(text.toString());
            }
          }
        };
    create(database, name, function, arguments, deterministic ? Function.FLAG_DETERMINISTIC : 0);
  }

  static void aggregate(SqliteDatabase database, String name, int arguments, Value python)
      throws SQLException, HostCallException {
    create(database, name, new SqliteGroups.Aggregate(database, python), arguments, 0);
  }

  private static void create(
      SqliteDatabase database, String name, Function function, int arguments, int flags)
      throws SQLException, HostCallException {
    database
        .gate()
        .perform(
            () ->
                Function.create(
                    database.connection(), name, function, Math.max(arguments, VARIABLE), flags));
  }

  static void collation(SqliteDatabase database, String name, Value python)
      throws SQLException, HostCallException {
    Collation collation =
        new Collation() {
          @Override
          protected int xCompare(String one, String other) {
            Answer answer = called(database, python, "call", List.of(one, other));
            return answer.value() instanceof Long order ? Long.signum(order) : 0;
          }
        };
    database.gate().perform(() -> Collation.create(database.connection(), name, collation));
  }

  static void window(SqliteDatabase database, String name, int arguments, Value python)
      throws SQLException, HostCallException {
    create(database, name, new SqliteGroups.Window(database, python), arguments, 0);
  }

  /** Asks a function of the script each so many steps whether to stop. */
  static void progress(SqliteDatabase database, int steps, Value python)
      throws SQLException, HostCallException {
    ProgressHandler handler =
        new ProgressHandler() {
          @Override
          protected int progress() {
            Answer answer = called(database, python, "call", List.of());
            boolean goesOn = answer.value() instanceof Long stop && stop == 0;
            return goesOn ? 0 : 1;
          }
        };
    database.change(connection -> ProgressHandler.setHandler(connection, steps, handler));
  }

  /**
   * What a function of the script returned, or why it did not.
   *
   * @param raised whether it raised, which Python has dealt with
   * @param refused why its result cannot be taken, or null
   */
  record Answer(@Nullable Object value, boolean raised, @Nullable String refused) {

    @Nullable String failure(String whenRaised) {
      return raised ? whenRaised : refused;
    }
  }

  /** What SQLite calls a function with. */
  static List<@Nullable Object> arguments(SqliteDatabase database, Function function, int count)
      throws SQLException {
    DB driver = database.connection().getDatabase();
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int at = 0; at < count; at++) {
      values.add(
          switch (driver.value_type(function, at)) {
            case 1 -> (Object) driver.value_long(function, at);
            case 2 -> driver.value_double(function, at);
            case 3 -> driver.value_text(function, at);
            // SQLite has no bytes to show of an empty one.
            case 4 -> Objects.requireNonNullElseGet(driver.value_blob(function, at), () -> EMPTY);
            default -> null;
          });
    }
    return values;
  }

  static Answer called(SqliteDatabase database, Value python, String what, List<?> arguments) {
    try {
      MarshalWriter out = new MarshalWriter(64);
      out.tuple(arguments.size());
      for (Object argument : arguments) {
        out.value(argument);
      }
      Value result = python.execute(what, new String(out.toBytes(), StandardCharsets.ISO_8859_1));
      byte[] bytes = new byte[(int) result.getBufferSize()];
      result.readBuffer(0, bytes, 0, bytes.length);
      List<@Nullable Object> values = MarshalReader.list(bytes);
      return values.isEmpty()
          ? new Answer(null, true, null)
          : new Answer(values.getFirst(), false, null);
    } catch (HostCallException e) {
      return new Answer(null, false, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      return thrown(database, e);
    }
  }

  /** The rest of the statement would be for nothing, and a collation has no other way to end it. */
  static Answer thrown(SqliteDatabase database, Throwable thrown) {
    database.gate().failed(thrown);
    try {
      database.interrupt();
    } catch (SQLException e) {
      thrown.addSuppressed(e);
    }
    return new Answer(null, true, null);
  }
}
