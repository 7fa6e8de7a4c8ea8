package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, SQL Server and what further drivers reach, for the {@code pyodbc} stand-in, which has
 * SQLite by itself.
 */
public final class OdbcService implements HostService {

  /** Others of the drivers' properties name classes to load and files to read. */
  private static final Set<String> PROPERTIES =
      Set.of(
          "user",
          "password",
          "sslmode",
          "loginTimeout",
          "encrypt",
          "trustServerCertificate",
          "hostNameInCertificate",
          "applicationName",
          "applicationIntent",
          "instanceName",
          "multiSubnetFailover");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]+");

  /** No driver's URL has a way out of a name of these. */
  private static final Pattern DATABASE = Pattern.compile("[^;{}?&/\\\\]*");

  private final FurtherDrivers further;

  public OdbcService(FurtherDrivers further) {
    this.further = further;
  }

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    try {
      switch (operation) {
        case "open" -> {
          return open(arguments);
        }
        case "open_url" -> {
          return openUrl(arguments);
        }
        case "drivers" -> {
          return further.names();
        }
        default -> {
          // Something is asked of a connection.
        }
      }
      JdbcConnection connection = arguments.as(JdbcConnection.class, 0, "a connection");
      return switch (operation) {
        case "execute" ->
            connection.results(
                arguments.text(1),
                OdbcParameters.of(arguments.list(2, String.class, "parameters")),
                arguments.integer(3));
        case "many" -> {
          connection.many(arguments.text(1), rows(arguments));
          yield null;
        }
        case "metadata" -> metadata(connection, arguments);
        case "info" -> info(connection, arguments.text(1));
        default -> {
          change(operation, connection, arguments);
          yield null;
        }
      };
    } catch (SQLException refused) {
      throw error(refused);
    }
  }

  private static void change(String operation, JdbcConnection connection, CallArguments arguments)
      throws SQLException, HostCallException {
    Connection jdbc = connection.connection();
    switch (operation) {
      case "commit" -> jdbc.commit();
      case "rollback" -> jdbc.rollback();
      case "close" -> connection.close();
      case "autocommit" -> jdbc.setAutoCommit(arguments.flag(1));
      case "readonly" -> jdbc.setReadOnly(true);
      default -> throw HostService.unknown("odbc", operation);
    }
  }

  /** A kind, host, port, database, and pairs of a property and its value. */
  private static JdbcConnection open(CallArguments arguments)
      throws SQLException, HostCallException {
    checkNetwork(arguments);
    String host = arguments.text(1);
    String database = arguments.text(3);
    if (!HOST.matcher(host).matches() || !DATABASE.matcher(database).matches()) {
      throw new HostCallException(
          "pyodbc.08001", "'%s' with database '%s' can't be a server".formatted(host, database));
    }
    Properties properties = new Properties();
    List<String> pairs = arguments.list(4, String.class, "properties");
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      if (!PROPERTIES.contains(pairs.get(i))) {
        throw new HostCallException("TypeError", "no property of a connection: " + pairs.get(i));
      }
      properties.setProperty(pairs.get(i), pairs.get(i + 1));
    }
    Connection connection =
        connect(arguments.text(0), host, arguments.integer(2), database, properties);
    if (connection == null) {
      throw new HostCallException("pyodbc.08001", "could not connect");
    }
    return new JdbcConnection(connection, arguments.run());
  }

  /** A URL of JDBC, who connects, and with which password, for one of the further drivers. */
  private JdbcConnection openUrl(CallArguments arguments) throws SQLException, HostCallException {
    checkNetwork(arguments);
    Properties properties = new Properties();
    properties.setProperty("user", arguments.text(1));
    properties.setProperty("password", arguments.text(2));
    Connection connection =
        further
            .connect(arguments.text(0), properties)
            .orElseThrow(() -> new HostCallException("pyodbc.01000", "no driver knows it"));
    return new JdbcConnection(connection, arguments.run());
  }

  private static void checkNetwork(CallArguments arguments) throws HostCallException {
    if (!arguments.run().network()) {
      throw new HostCallException(
          "PermissionError", "the network is off for this script (Network: off)");
    }
  }

  private static @Nullable Connection connect(
      String kind, String host, int port, String database, Properties properties)
      throws SQLException, HostCallException {
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return switch (kind) {
      case "postgresql" -> {
        // As psqlodbc: the server finds the types of texts, a failed statement takes back itself.
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("autosave", "always");
        Driver driver = new org.postgresql.Driver();
        yield driver.connect(
            "jdbc:postgresql://%s:%d/%s".formatted(literal, port, database), properties);
      }
      case "sqlserver" -> {
        properties.setProperty("databaseName", database);
        if (port != 0) {
          properties.setProperty("portNumber", Integer.toString(port));
        }
        properties.setProperty("serverName", host);
        Driver driver = new com.microsoft.sqlserver.jdbc.SQLServerDriver();
        yield driver.connect("jdbc:sqlserver://", properties);
      }
      default -> throw HostService.unknown("odbc", "open " + kind);
    };
  }

  private static List<List<@Nullable Object>> rows(CallArguments arguments)
      throws HostCallException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Object row : arguments.as(List.class, 2, "rows of parameters")) {
      if (row instanceof List<?> values) {
        rows.add(OdbcParameters.of(values.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }

  /**
   * What is asked for, then catalog, schema, table and a fourth name, each of which may be None.
   */
  private static byte[] metadata(JdbcConnection connection, CallArguments arguments)
      throws SQLException, HostCallException {
    DatabaseMetaData about = connection.connection().getMetaData();
    List<?> names = arguments.as(List.class, 2, "names");
    @Nullable String catalog = text(names.get(0));
    @Nullable String schema = text(names.get(1));
    @Nullable String table = text(names.get(2));
    @Nullable String fourth = text(names.get(3));
    return switch (arguments.text(1)) {
      case "tables" ->
          connection.results(
              about.getTables(
                  catalog, schema, table, fourth == null ? null : fourth.split("\\s*,\\s*", -1)));
      case "columns" -> connection.results(about.getColumns(catalog, schema, table, fourth));
      case "primary_keys" -> connection.results(about.getPrimaryKeys(catalog, schema, table));
      case "foreign_keys" -> connection.results(about.getImportedKeys(catalog, schema, table));
      case String other -> throw HostService.unknown("odbc", "metadata " + other);
    };
  }

  private static @Nullable String text(@Nullable Object name) {
    return name == null ? null : name.toString();
  }

  private static String info(JdbcConnection connection, String what)
      throws SQLException, HostCallException {
    DatabaseMetaData about = connection.connection().getMetaData();
    return switch (what) {
      case "product" -> about.getDatabaseProductName();
      case "version" -> about.getDatabaseProductVersion();
      case "database" -> String.valueOf(connection.connection().getCatalog());
      case "user" -> about.getUserName();
      case "quote" -> about.getIdentifierQuoteString();
      case "driver" -> about.getDriverVersion();
      default -> throw HostService.unknown("odbc", "info " + what);
    };
  }

  /** The kind carries the state; of a batch the first refusal says what was wrong. */
  private static HostCallException error(SQLException refused) {
    SQLException first = refused;
    SQLException next = refused.getNextException();
    if (refused instanceof BatchUpdateException && next != null) {
      first = next;
    }
    String state = first.getSQLState() == null ? "HY000" : first.getSQLState();
    String message =
        String.valueOf(first.getMessage())
            + (first.getErrorCode() == 0 ? "" : " (" + first.getErrorCode() + ")");
    return new HostCallException("pyodbc." + state, message);
  }
}
