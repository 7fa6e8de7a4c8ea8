package io.pulzar.storage.postgres;

import io.pulzar.storage.Table;
import java.util.Locale;

/**
 * Where a table is.
 *
 * @param table its name and forms
 * @param name of the SQL table, in its schema
 * @param sql the same as statements write it
 */
record SqlTable(Table<?, ?> table, String name, String sql) {

  /** What an identifier of PostgreSQL may have. */
  private static final int LONGEST = 63;

  static SqlTable of(Table<?, ?> table, String database, String schema) {
    return new SqlTable(table, name(database, table.name()), name(database, table.name(), schema));
  }

  /** Letters, digits and underscores, whatever else is in the table's name. */
  static String name(String database, String table) {
    String name = database + "__" + table.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    if (name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a table's name has at most " + LONGEST + " letters in PostgreSQL: " + name);
    }
    return name;
  }

  static String name(String database, String table, String schema) {
    return schema + "." + name(database, table);
  }
}
