package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalReader;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;
import org.sqlite.Function;

/**
 * A script's functions for use in SQL. Python gives one that takes a word and the arguments as
 * marshalled text, and returns a marshalled list with the result, or an empty one when it failed.
 *
 * <p>SQLite calls them through native code, which no Java exception may cross: the statement is
 * made to fail instead, and the database's gate throws what was thrown.
 */
final class SqliteCallbacks {

  private static final int VARIABLE = -1;

  private SqliteCallbacks() {}

  static void function(
      SqliteDatabase database, String name, int arguments, boolean deterministic, Value python)
      throws SQLException, HostCallException {
    Function function =
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            Answer answer = called(database, python, "call", valuesOf(args(), this::value));
            switch (answer.failure("user-defined function raised exception")) {
              case null -> finish(answer.value());
              case String failure -> error(failure);
            }
          }

          private @Nullable Object value(int at) throws SQLException {
            return switch (value_type(at)) {
              case 1 -> value_long(at);
              case 2 -> value_double(at);
              case 3 -> value_text(at);
              case 4 -> value_blob(at);
              default -> null;
            };
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
    create(database, name, new Aggregate(database, python), arguments, 0);
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

  /** The driver clones it for each group; each clone gets an instance of the script's class. */
  private static final class Aggregate extends Function.Aggregate {

    private final SqliteDatabase database;
    private final Value python;
    private @Nullable Value instance;

    Aggregate(SqliteDatabase database, Value python) {
      this.database = database;
      this.python = python;
    }

    @Override
    protected void xStep() throws SQLException {
      Answer answer = calledOnInstance("step", valuesOf(args(), this::value));
      String failure = answer.failure("user-defined aggregate's 'step' method raised error");
      if (failure != null) {
        error(failure);
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      Answer answer = calledOnInstance("finalize", List.of());
      String failure = answer.failure("user-defined aggregate's 'finalize' method raised error");
      if (failure != null) {
        error(failure);
        return;
      }
      switch (answer.value()) {
        case null -> result();
        case Long number -> result(number);
        case Boolean flag -> result(flag ? 1 : 0);
        case Double number -> result(number);
        case byte[] bytes -> result(bytes);
        case Object text -> result(text.toString());
      }
    }

    private Answer calledOnInstance(String method, List<@Nullable Object> arguments) {
      Value own = instance;
      if (own == null) {
        try {
          own = python.execute();
        } catch (RuntimeException | Error e) {
          return thrown(database, e);
        }
        instance = own;
      }
      return called(database, own, method, arguments);
    }

    private @Nullable Object value(int at) throws SQLException {
      return switch (value_type(at)) {
        case 1 -> value_long(at);
        case 2 -> value_double(at);
        case 3 -> value_text(at);
        case 4 -> value_blob(at);
        default -> null;
      };
    }
  }

  @FunctionalInterface
  private interface ValueAt {
    @Nullable Object read(int at) throws SQLException;
  }

  /**
   * What a function of the script returned, or why it did not.
   *
   * @param raised whether it raised, which Python has dealt with
   * @param refused why its result cannot be taken, or null
   */
  private record Answer(@Nullable Object value, boolean raised, @Nullable String refused) {

    @Nullable String failure(String whenRaised) {
      return raised ? whenRaised : refused;
    }
  }

  private static List<@Nullable Object> valuesOf(int count, ValueAt reader) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(reader.read(i));
    }
    return values;
  }

  private static Answer called(
      SqliteDatabase database, Value python, String what, List<?> arguments) {
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
  private static Answer thrown(SqliteDatabase database, Throwable thrown) {
    database.gate().failed(thrown);
    try {
      database.interrupt();
    } catch (SQLException e) {
      thrown.addSuppressed(e);
    }
    return new Answer(null, true, null);
  }
}
