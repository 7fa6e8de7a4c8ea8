package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.host.marshal.MarshalReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;
import org.sqlite.ProgressHandler;

/** SQLite for the {@code sqlite3} module. */
public final class SqliteService implements HostService {

  public SqliteService(NativeLibraries libraries) throws HostCallException {
    Path library = libraries.sqlite();
    System.setProperty("org.sqlite.lib.path", String.valueOf(library.getParent()));
    System.setProperty("org.sqlite.lib.name", String.valueOf(library.getFileName()));
  }

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    try {
      return operation.equals("open") ? open(arguments) : use(operation, arguments);
    } catch (SQLException failed) {
      throw SqliteErrors.of(failed);
    }
  }

  private static SqliteDatabase open(CallArguments arguments)
      throws SQLException, HostCallException {
    String mode = arguments.text(1);
    boolean readOnly = mode.equals("ro");
    return new SqliteDatabase(
        readOnly ? readable(arguments, arguments.text(0)) : writable(arguments, arguments.text(0)),
        readOnly,
        mode.equals("rwc"),
        arguments.integer(2),
        arguments.run());
  }

  private static String writable(CallArguments arguments, String name) throws HostCallException {
    return isInMemory(name)
        ? SqliteDatabase.MEMORY
        : arguments.run().writableFile(checked(name)).toString();
  }

  /**
   * Beside a database in a directory where the script may only read, nothing may appear either: no
   * journal, no shared memory.
   */
  private static String readable(CallArguments arguments, String name) throws HostCallException {
    if (isInMemory(name)) {
      return SqliteDatabase.MEMORY;
    }
    Path file = arguments.run().readableFile(checked(name));
    return arguments.run().isWritable(file)
        ? file.toString()
        : "file:" + file.toUri().getRawPath() + "?immutable=1";
  }

  /** An empty name is a temporary database, which is kept in memory here. */
  private static boolean isInMemory(String name) {
    return name.isEmpty() || name.equals(SqliteDatabase.MEMORY);
  }

  private static String checked(String name) throws HostCallException {
    if (name.indexOf('?') >= 0) {
      throw new HostCallException(
          "sqlite3.OperationalError", "unable to open database file: its name has a '?'");
    }
    return name;
  }

  private static @Nullable Object use(String operation, CallArguments arguments)
      throws SQLException, HostCallException {
    if (operation.equals("next")) {
      return arguments.as(SqliteRows.class, 0, "a result").next();
    }
    if (operation.equals("finish")) {
      arguments.as(SqliteRows.class, 0, "a result").close();
      return null;
    }
    SqliteDatabase database = arguments.as(SqliteDatabase.class, 0, "a connection");
    return switch (operation) {
      case "execute" ->
          database.execute(arguments.text(1), parameters(arguments), arguments.flag(3));
      case "many" -> database.executeMany(arguments.text(1), parameters(arguments));
      case "total_changes" ->
          database.with(() -> database.connection().getDatabase().total_changes());
      case "in_transaction" -> database.inTransaction();
      case "serialize" -> database.serialize(arguments.text(1));
      case "row_changes" ->
          database.rowChanges(
              new RowChanges.Row(
                  arguments.text(1),
                  arguments.text(2),
                  arguments.text(3),
                  arguments.as(Long.class, 4, "an int")));
      case "limit" -> database.limit(arguments.integer(1), arguments.integer(2));
      default -> {
        change(operation, database, arguments);
        yield null;
      }
    };
  }

  private static void change(String operation, SqliteDatabase database, CallArguments arguments)
      throws SQLException, HostCallException {
    switch (operation) {
      case "close" -> database.close();
      case "settle" -> database.settle();
      case "interrupt" -> database.interrupt();
      case "attach" -> database.attach(writable(arguments, arguments.text(1)), arguments.text(2));
      case "vacuum" ->
          database.vacuum(
              arguments.absent(1) ? null : arguments.text(1),
              arguments.absent(2) ? null : writable(arguments, arguments.text(2)));
      case "deserialize" -> database.deserialize(arguments.text(1), arguments.bytes(2));
      case "copy" -> arguments.as(SqliteDatabase.class, 1, "a connection").copyFrom(database);
      case "function" ->
          SqliteCallbacks.function(
              database,
              arguments.text(1),
              arguments.integer(2),
              arguments.flag(3),
              function(arguments, 4));
      case "aggregate" ->
          SqliteCallbacks.aggregate(
              database, arguments.text(1), arguments.integer(2), function(arguments, 3));
      case "window" ->
          SqliteCallbacks.window(
              database, arguments.text(1), arguments.integer(2), function(arguments, 3));
      case "no_collation" ->
          database.change(connection -> Collation.destroy(connection, arguments.text(1)));
      case "progress" ->
          SqliteCallbacks.progress(database, arguments.integer(1), function(arguments, 2));
      case "no_progress" -> database.change(ProgressHandler::clearHandler);
      case "collation" ->
          SqliteCallbacks.collation(database, arguments.text(1), function(arguments, 2));
      default -> throw HostService.unknown("sqlite", operation);
    }
  }

  private static List<@Nullable Object> parameters(CallArguments arguments)
      throws HostCallException {
    return arguments.absent(2) ? List.of() : MarshalReader.list(arguments.bytes(2));
  }

  private static Value function(CallArguments arguments, int position) throws HostCallException {
    return arguments.as(Value.class, position, "a function");
  }
}
