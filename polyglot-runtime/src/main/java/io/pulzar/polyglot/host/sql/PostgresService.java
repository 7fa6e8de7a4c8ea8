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
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
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

  private static byte[] copyOut(JdbcConnection connection, String sql)
      throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long ignored = postgres(connection).getCopyAPI().copyOut(sql, out);
    return out.toByteArray();
  }

  private static PGConnection postgres(JdbcConnection connection) throws SQLException {
    return connection.connection().unwrap(PGConnection.class);
  }

  /** The kind carries the state; the message has the lines that libpq writes. */
  private static HostCallException error(PSQLException refused) {
    ServerErrorMessage said = refused.getServerErrorMessage();
    String message = String.valueOf(refused.getMessage());
    if (said != null) {
      StringBuilder lines = new StringBuilder(String.valueOf(said.getMessage())).append('\n');
      line(lines, "DETAIL:  ", said.getDetail());
      line(lines, "HINT:  ", said.getHint());
      message = lines.toString();
    }
    String state = refused.getSQLState() == null ? "" : refused.getSQLState();
    return new HostCallException("psycopg2." + state, message);
  }

  private static void line(StringBuilder lines, String title, @Nullable String text) {
    if (text != null) {
      lines.append(title).append(text).append('\n');
    }
  }
}
