package io.pulzar.storage.postgres;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.engine.About;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tables that a database was opened with, by name. */
final class SqlTables {

  private final Map<String, SqlTable> tables = new TreeMap<>();

  SqlTables(String schema, String database, List<? extends Table<?, ?>> tables) {
    add(About.TABLE, database, schema);
    tables.forEach(table -> add(table, database, schema));
  }

  private void add(Table<?, ?> table, String database, String schema) {
    SqlTable added = SqlTable.of(table, database, schema);
    if (tables.values().stream().anyMatch(other -> other.name().equals(added.name()))) {
      throw new IllegalArgumentException("two tables would be " + added.name());
    }
    tables.put(table.name(), added);
  }

  SqlTable of(Table<?, ?> table) {
    SqlTable found = tables.get(table.name());
    if (found == null) {
      throw new IllegalArgumentException("the database was opened without " + table.name());
    }
    return found;
  }

  Collection<SqlTable> all() {
    return tables.values();
  }

  /** The databases that are there. */
  static List<String> databases(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select name from " + schema + ".databases order by name")) {
      List<String> names = new ArrayList<>();
      while (row.next()) {
        names.add(row.getString(1));
      }
      return names;
    }
  }

  /** The tables of a database that are there, whoever made them: their bytes as they are. */
  static SqlTables stored(Connection connection, String schema, String database)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select name, title from " + schema + ".counts")) {
      List<Table<String, byte[]>> tables = new ArrayList<>();
      while (row.next()) {
        String title = row.getString(2);
        boolean isOfIt = SqlTable.name(database, title).equals(row.getString(1));
        if (isOfIt && !title.equals(About.TABLE.name())) {
          tables.add(new Table<>(title, KeyForm.text(), ValueForm.bytes()));
        }
      }
      return new SqlTables(schema, database, tables);
    }
  }

  /** The name of a database that would be in this folder on this machine. */
  static String database(Path directory) {
    return String.valueOf(directory.getFileName())
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "_");
  }
}
