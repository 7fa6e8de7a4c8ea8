package io.pulzar.logs;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.ServerSettings.Roles;
import io.pulzar.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the server logs.
 *
 * @param level of everything that {@code levels} does not name
 * @param levels by the beginning of a logger's name
 * @param file of the log besides the console; empty: there is none
 * @param fileBytes a file that has so many is followed by the next
 * @param days how long files are kept
 * @param totalBytes of all files together; the oldest go first
 */
record LogSettings(
    Format format,
    Level level,
    Map<String, Level> levels,
    Optional<Path> file,
    long fileBytes,
    int days,
    long totalBytes) {

  /** How a line looks. */
  enum Format {
    TEXT,
    JSON
  }

  /** From what a line tells on it is written. */
  enum Level {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /**
     * @throws IllegalArgumentException with a sentence about the word
     */
    static Level parse(String word) {
      for (Level level : values()) {
        if (level.toString().equals(word.strip().toLowerCase(Locale.ROOT))) {
          return level;
        }
      }
      throw new IllegalArgumentException(
          "'" + word + "' is no level: it is one of off, error, warn, info, debug, trace");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static LogSettings of(Settings settings) {
    return new LogSettings(
        settings.get(LogSettingList.FORMAT),
        settings.get(LogSettingList.LEVEL),
        levels(settings.get(LogSettingList.LEVELS)),
        settings
            .get(LogSettingList.DIRECTORY)
            .map(directory -> directory.resolve(fileName(settings.get(ServerSettings.ROLE)))),
        settings.get(LogSettingList.FILE_SIZE),
        settings.get(LogSettingList.DAYS),
        settings.get(LogSettingList.TOTAL));
  }

  /** Each process has a file of its own, also where master and node share a directory. */
  private static String fileName(Roles roles) {
    return switch (roles) {
      case ALL -> "pulzar.log";
      case MASTER -> "pulzar-master.log";
      case NODE -> "pulzar-node.log";
    };
  }

  private static Map<String, Level> levels(List<String> texts) {
    Map<String, Level> levels = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      try {
        levels.put(
            LoggerName.parse(text.substring(0, Math.max(0, equals))),
            Level.parse(text.substring(equals + 1)));
      } catch (IllegalArgumentException bad) {
        throw new BadSettingException(
            LogSettingList.LEVELS + " has " + text + ": " + bad.getMessage());
      }
    }
    return levels;
  }
}
