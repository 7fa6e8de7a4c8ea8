package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageFullException;
import java.sql.SQLException;

/** What an error of the database means here, by its SQLSTATE. */
enum SqlFailure {
  /** The connection is of no use any more, or there was none: another one may do. */
  CONNECTION,

  /** The transaction was given up for another one's sake: the same again may do. */
  CONFLICT,

  /** There is no room for it. */
  FULL,

  /** The server is there and lets us not in, or not do it. */
  REFUSED,

  OTHER;

  static SqlFailure of(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      // Shut down, crashed, starting, idle for too long; a standby; too many connections; a commit
      // of which CockroachDB does not know.
      case "57P01", "57P02", "57P03", "57P05", "25P03", "25006", "53300", "40003" -> CONNECTION;
      case "40001", "40P01", "55P03" -> CONFLICT;
      case "53100" -> FULL;
      case "42501", "3D000", "57P04" -> REFUSED;
      default -> ofClass(state);
    };
  }

  private static SqlFailure ofClass(String state) {
    if (state.startsWith("08")) {
      return CONNECTION;
    }
    return state.startsWith("28") ? REFUSED : OTHER;
  }

  /** Whether the same again may succeed. */
  boolean mayPass() {
    return this == CONNECTION || this == CONFLICT;
  }

  /** For whoever asked for what failed. */
  static StorageException described(SQLException failure, String place) {
    return switch (of(failure)) {
      case FULL ->
          new StorageFullException(
              "the disk of the database is full, so nothing was changed; delete something or add"
                  + " space",
              failure);
      case REFUSED ->
          new StorageException(
              place
                  + " refuses: "
                  + text(failure)
                  + "; look at pulzar.storage, its user and password, and at the user's rights",
              failure);
      case CONNECTION, CONFLICT, OTHER ->
          new StorageException(place + " failed: " + text(failure), failure);
    };
  }

  /** What the server said, in one line. */
  static String text(SQLException failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
