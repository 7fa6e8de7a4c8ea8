package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL for the {@code psycopg2} stand-in. */
public final class PostgresService implements HostService {

  /** Others of the driver's properties name classes to load and files to read. */
  private static final Set<String> PROPERTIES =
      Set.of("user", "password", "connectTimeout", "ApplicationName", "sslmode", "options");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]+");

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    try {
      if (operation.equals("open")) {
        return open(arguments);
      }
      JdbcConnection connection = arguments.as(JdbcConnection.class, 0, "a connection");
      return switch (operation) {
        case "execute" -> connection.execute(arguments.text(1), null, true);
        case "copy_in" -> copyIn(connection, arguments.text(1), arguments.bytes(2));
        case "copy_out" -> copyOut(connection, arguments.text(1));
        case "version" -> connection.connection().getMetaData().getDatabaseProductVersion();
        case "notices" -> connection.takeNotices();
        case "notifications" -> notifications(postgres(connection));
        case "parameter" -> postgres(connection).getParameterStatus(arguments.text(1));
        case "process" -> postgres(connection).getBackendPID();
        default -> {
          change(operation, connection, arguments);
          yield null;
        }
      };
    } catch (PSQLException refused) {
      throw error(refused);
    } catch (SQLException | IOException failed) {
      throw new HostCallException("psycopg2.", String.valueOf(failed.getMessage()));
    }
  }

  private static void change(String operation, JdbcConnection connection, CallArguments arguments)
      throws SQLException, HostCallException {
    Connection jdbc = connection.connection();
    switch (operation) {
      case "commit" -> jdbc.commit();
      case "rollback" -> jdbc.rollback();
      case "close" -> connection.close();
      case "cancel" -> postgres(connection).cancelQuery();
      case "autocommit" -> jdbc.setAutoCommit(arguments.flag(1));
      case "isolation" -> jdbc.setTransactionIsolation(arguments.integer(1));
      case "readonly" -> jdbc.setReadOnly(arguments.flag(1));
      default -> throw HostService.unknown("postgres", operation);
    }
  }

  /** Host, port, database, and pairs of a property and its value. */
  private static JdbcConnection open(CallArguments arguments)
      throws SQLException, HostCallException {
    if (!arguments.run().network()) {
      throw new HostCallException(
          "PermissionError", "the network is off for this script (Network: off)");
    }
    String host = arguments.text(0);
    if (!HOST.matcher(host).matches()) {
      throw new HostCallException(
          "psycopg2.08001", "could not translate host name \"" + host + "\" to address");
    }
    Properties properties = new Properties();
    List<String> pairs = arguments.list(3, String.class, "properties");
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      if (!PROPERTIES.contains(pairs.get(i))) {
        throw new HostCallException(
            "NotImplementedError",
            "the connection parameter " + pairs.get(i) + " is not in this stand-in for psycopg2");
      }
      properties.setProperty(pairs.get(i), pairs.get(i + 1));
    }
    // Literals are in the text already, as psycopg2 sends them; the server finds their types.
    properties.setProperty("preferQueryMode", "simple");
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                host.indexOf(':') >= 0 ? "[" + host + "]" : host,
                arguments.integer(1),
                URLEncoder.encode(arguments.text(2), StandardCharsets.UTF_8));
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new HostCallException("psycopg2.08001", "could not connect");
    }
    return new JdbcConnection(connection, arguments.run());
  }

  private static long copyIn(JdbcConnection connection, String sql, byte[] data)
      throws SQLException, IOException {
    return postgres(connection).getCopyAPI().copyIn(sql, new ByteArrayInputStream(data));
  }

  private static List<Object> copyOut(JdbcConnection connection, String sql)
      throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rows = postgres(connection).getCopyAPI().copyOut(sql, out);
    return List.of(out.toByteArray(), rows);
  }

  private static PGConnection postgres(JdbcConnection connection) throws SQLException {
    return connection.connection().unwrap(PGConnection.class);
  }

  /** Process, channel and payload of what other sessions notified. */
  private static List<Object> notifications(PGConnection connection) throws SQLException {
    List<Object> found = new ArrayList<>();
    for (PGNotification one : connection.getNotifications()) {
      found.add(List.of(one.getPID(), one.getName(), one.getParameter()));
    }
    return found;
  }

  /** The kind carries the state; after the message come names and values of what is known. */
  private static HostCallException error(PSQLException refused) {
    ServerErrorMessage said = refused.getServerErrorMessage();
    String message = String.valueOf(refused.getMessage());
    if (said != null) {
      StringBuilder parts = new StringBuilder(String.valueOf(said.getMessage()));
      part(parts, "severity", said.getSeverity());
      part(parts, "severity_nonlocalized", said.getSeverity());
      part(parts, "sqlstate", said.getSQLState());
      part(parts, "message_primary", said.getMessage());
      part(parts, "message_detail", said.getDetail());
      part(parts, "message_hint", said.getHint());
      part(parts, "statement_position", position(said.getPosition()));
      part(parts, "internal_position", position(said.getInternalPosition()));
      part(parts, "internal_query", said.getInternalQuery());
      part(parts, "context", said.getWhere());
      part(parts, "schema_name", said.getSchema());
      part(parts, "table_name", said.getTable());
      part(parts, "column_name", said.getColumn());
      part(parts, "datatype_name", said.getDatatype());
      part(parts, "constraint_name", said.getConstraint());
      part(parts, "source_file", said.getFile());
      part(parts, "source_line", position(said.getLine()));
      part(parts, "source_function", said.getRoutine());
      message = parts.toString();
    }
    String state = refused.getSQLState() == null ? "" : refused.getSQLState();
    return new HostCallException("psycopg2." + state, message);
  }

  private static void part(StringBuilder parts, String name, @Nullable String text) {
    if (text != null) {
      parts.append('\0').append(name).append('\0').append(text);
    }
  }

  private static @Nullable String position(int number) {
    return number > 0 ? Integer.toString(number) : null;
  }
}
