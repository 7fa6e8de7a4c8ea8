package io.pulzar.backup;

import io.pulzar.cli.Arguments;
import io.pulzar.cli.UsageException;
import io.pulzar.settings.ServerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The options that say which server is meant. */
final class BackupOptions {

  private static final String HOME = "--home";
  private static final String CONFIG = "--config";
  private static final String SET = "--set";

  static final Set<String> NAMES = Set.of(HOME, CONFIG, SET);

  private BackupOptions() {}

  /** The settings that were typed, by name. */
  static Map<String, String> settings(Arguments arguments) {
    Map<String, String> typed = new LinkedHashMap<>();
    arguments.value(HOME).ifPresent(home -> typed.put(ServerSettings.HOME.name(), home));
    arguments.value(CONFIG).ifPresent(file -> typed.put(ServerSettings.CONFIG.name(), file));
    for (String assignment : arguments.all(SET)) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new UsageException(SET + " needs name=value, got '" + assignment + "'");
      }
      typed.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return typed;
  }
}
