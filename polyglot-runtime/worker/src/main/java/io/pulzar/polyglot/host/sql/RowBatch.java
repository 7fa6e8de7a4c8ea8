package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Takes rows out of a result, as a list of tuples. */
final class RowBatch {

  /** A batch ends with the row that reaches one of these. */
  private static final int MOST_ROWS = 1000;

  private static final int MOST_BYTES = 4 << 20;

  /** Tells what a value of a column is for Python. */
  @FunctionalInterface
  interface Reader {
    @Nullable Object read(ResultSet rows, int column) throws SQLException;
  }

  private RowBatch() {}

  /**
   * Writes the next rows.
   *
   * @param all every row that is left, however many
   * @return whether there may be more
   */
  static boolean write(ResultSet rows, int columns, Reader reader, boolean all, MarshalWriter out)
      throws SQLException, HostCallException {
    int list = out.beginList();
    int count = 0;
    boolean more = true;
    while (more && (all || (count < MOST_ROWS && out.size() - list < MOST_BYTES))) {
      more = rows.next();
      if (more) {
        count++;
        out.tuple(columns);
        for (int column = 1; column <= columns; column++) {
          out.value(reader.read(rows, column));
        }
      }
    }
    out.endList(list, count);
    return more;
  }
}
