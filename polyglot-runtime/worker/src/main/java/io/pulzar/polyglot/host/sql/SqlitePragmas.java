package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses the pragmas that reach beyond a script's own database: limits that SQLite keeps for the
 * whole process, and temporary files outside the run's directory.
 */
final class SqlitePragmas {

  /** SQLite skips the same before the first word of a statement. */
  private static final Pattern PRAGMA =
      Pattern.compile(
          "(?is)(?:[\\s;\\uFEFF]|--[^\\n]*+|/\\*.*?(?:\\*/|\\z))*+PRAGMA(?![\\w$])(?<rest>.*)");

  private static final Pattern REFUSED =
      Pattern.compile("hard_heap_limit|soft_heap_limit|temp_store_directory|data_store_directory");

  private static final String TEMP_STORE = "temp_store";

  /** What asks for the value, or sets the one that it has. */
  private static final Pattern IN_MEMORY =
      Pattern.compile(TEMP_STORE + "\\s*(?:[=(]\\s*['\"]?(?:2|memory)['\"]?\\s*\\)?)?[\\s;]*");

  private SqlitePragmas() {}

  static void check(String sql) throws HostCallException {
    Matcher pragma = PRAGMA.matcher(sql);
    if (!pragma.matches()) {
      return;
    }
    String rest = pragma.group("rest").toLowerCase(Locale.ROOT);
    Matcher refused = REFUSED.matcher(rest);
    if (refused.find()) {
      throw unavailable(refused.group());
    }
    int store = rest.indexOf(TEMP_STORE);
    if (store >= 0 && !IN_MEMORY.matcher(rest.substring(store)).matches()) {
      throw new HostCallException(
          "sqlite3.NotSupportedError",
          "PRAGMA temp_store: temporary tables are kept in memory here");
    }
  }

  private static HostCallException unavailable(String name) {
    return new HostCallException(
        "sqlite3.NotSupportedError",
        "PRAGMA " + name + " is not available: it would hold for other scripts too");
  }
}
