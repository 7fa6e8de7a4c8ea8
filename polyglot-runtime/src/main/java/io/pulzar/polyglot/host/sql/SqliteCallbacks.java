package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalReader;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;
import org.sqlite.Function;

/**
 * A script's functions for use in SQL. Python gives one that takes a word and the arguments as
 * marshalled text, and returns a marshalled list with the result, or an empty one when it failed.
 */
final class SqliteCallbacks {

  private static final int VARIABLE = -1;

  private SqliteCallbacks() {}

  static void function(
      Connection connection, String name, int arguments, boolean deterministic, Value python)
      throws SQLException {
    Function function =
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            try {
              finish(called(python, "call", valuesOf(args(), this::value)));
            } catch (HostCallException e) {
              error(String.valueOf(e.getMessage()));
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

          private void finish(List<@Nullable Object> result) throws SQLException {
            if (result.isEmpty()) {
              error("user-defined function raised exception");
              return;
            }
            switch (result.getFirst()) {
              case null -> result();
              case Long number -> result(number);
              case Boolean flag -> result(flag ? 1 : 0);
              case Double number -> result(number);
              case byte[] bytes -> result(bytes);
              case Object text -> result(text.toString());
            }
          }
        };
    Function.create(
        connection,
        name,
        function,
        Math.max(arguments, VARIABLE),
        deterministic ? Function.FLAG_DETERMINISTIC : 0);
  }

  static void aggregate(Connection connection, String name, int arguments, Value python)
      throws SQLException {
    Function.create(connection, name, new Aggregate(python), Math.max(arguments, VARIABLE), 0);
  }

  static void collation(Connection connection, String name, Value python) throws SQLException {
    Collation.create(
        connection,
        name,
        new Collation() {
          @Override
          protected int xCompare(String one, String other) {
            try {
              List<@Nullable Object> result = called(python, "call", List.of(one, other));
              return !result.isEmpty() && result.getFirst() instanceof Long order
                  ? Long.signum(order)
                  : 0;
            } catch (HostCallException e) {
              return 0;
            }
          }
        });
  }

  /** The driver clones it for each group; each clone gets an instance of the script's class. */
  private static final class Aggregate extends Function.Aggregate {

    private final Value python;
    private @Nullable Value instance;

    Aggregate(Value python) {
      this.python = python;
    }

    @Override
    protected void xStep() throws SQLException {
      try {
        if (called(instance(), "step", valuesOf(args(), this::value)).isEmpty()) {
          error("user-defined aggregate's 'step' method raised error");
        }
      } catch (HostCallException e) {
        error(String.valueOf(e.getMessage()));
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      try {
        List<@Nullable Object> result = called(instance(), "finalize", List.of());
        if (result.isEmpty()) {
          error("user-defined aggregate's 'finalize' method raised error");
          return;
        }
        switch (result.getFirst()) {
          case null -> result();
          case Long number -> result(number);
          case Boolean flag -> result(flag ? 1 : 0);
          case Double number -> result(number);
          case byte[] bytes -> result(bytes);
          case Object text -> result(text.toString());
        }
      } catch (HostCallException e) {
        error(String.valueOf(e.getMessage()));
      }
    }

    private Value instance() {
      Value own = instance;
      if (own == null) {
        own = python.execute();
        instance = own;
      }
      return own;
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

  private static List<@Nullable Object> valuesOf(int count, ValueAt reader) throws SQLException {
    List<@Nullable Object> values = new java.util.ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(reader.read(i));
    }
    return values;
  }

  private static List<@Nullable Object> called(Value python, String what, List<?> arguments)
      throws HostCallException {
    MarshalWriter out = new MarshalWriter(64);
    out.tuple(arguments.size());
    for (Object argument : arguments) {
      out.value(argument);
    }
    Value result = python.execute(what, new String(out.toBytes(), StandardCharsets.ISO_8859_1));
    byte[] bytes = new byte[(int) result.getBufferSize()];
    result.readBuffer(0, bytes, 0, bytes.length);
    return MarshalReader.list(bytes);
  }
}
