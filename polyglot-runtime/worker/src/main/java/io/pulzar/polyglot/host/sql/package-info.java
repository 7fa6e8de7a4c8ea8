/**
 * Databases for scripts: SQLite for {@code sqlite3}, and JDBC drivers for {@code psycopg2} and
 * {@code pyodbc}.
 *
 * <p>What must stay true: SQLite never opens a file that the sandbox did not check. So {@code
 * ATTACH} and {@code VACUUM INTO} written in SQL are refused by SQLite itself (the limit of
 * attached databases is zero), and done here with a checked path when Python asks for them by name.
 *
 * <p>Rows and parameters cross the bridge in Python's marshal format, many at a time.
 *
 * <p>Threading: a connection may be used by several threads, one after the other; each operation
 * holds its monitor.
 */
@NullMarked
package io.pulzar.polyglot.host.sql;

import org.jspecify.annotations.NullMarked;
