package io.pulzar.logs;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.pulzar.http.ApiException;
import io.pulzar.logs.LogSettings.Level;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The levels that hold now. What is changed here holds until the process ends.
 *
 * <p>Threading: safe for any thread.
 */
final class LogLevels {

  /** So many loggers may have a level of their own: Logback never forgets one. */
  static final int MOST = 200;

  private final LoggerContext context;

  /** What held at the start, to go back to. */
  private final Map<String, Level> first;

  LogLevels(LoggerContext context) {
    this.context = context;
    this.first = current();
  }

  /** The loggers that have a level of their own; all others have that of the nearest above them. */
  Map<String, Level> current() {
    Map<String, Level> levels = new TreeMap<>();
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null) {
        levels.put(logger.getName(), Level.parse(logger.getLevel().toString()));
      }
    }
    return levels;
  }

  /**
   * Gives a logger, and with it all below, another level.
   *
   * @param name of a class or package, or {@code root}
   * @param level empty: the one that it had at the start
   * @throws ApiException 400 {@code bad_logger} when it has no such form; 409 {@code
   *     too_many_levels}
   */
  synchronized void set(String name, Optional<Level> level) {
    String parsed;
    try {
      parsed = LoggerName.parse(name);
    } catch (IllegalArgumentException bad) {
      throw ApiException.badRequest("bad_logger", String.valueOf(bad.getMessage()));
    }
    Map<String, Level> current = current();
    Optional<Level> wanted = level.or(() -> Optional.ofNullable(first.get(parsed)));
    if (wanted.isPresent() && !current.containsKey(parsed) && current.size() >= MOST) {
      throw new ApiException(
          409,
          "too_many_levels",
          MOST + " loggers have levels of their own: send null for those that need none any more",
          null,
          null);
    }
    if (wanted.isPresent() || current.containsKey(parsed)) {
      context.getLogger(parsed).setLevel(wanted.map(LogLevels::of).orElse(null));
    }
  }

  static ch.qos.logback.classic.Level of(Level level) {
    return ch.qos.logback.classic.Level.valueOf(level.name());
  }
}
