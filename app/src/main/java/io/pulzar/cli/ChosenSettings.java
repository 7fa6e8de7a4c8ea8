package io.pulzar.cli;

import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which server on this machine is meant. */
public final class ChosenSettings {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "where the server keeps all it has")
  private Optional<String> home = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "its file of settings")
  private Optional<String> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      scope = ScopeType.INHERIT,
      description = "any other setting; several may be given. pulzar help settings lists them")
  private List<String> assignments = new ArrayList<>();

  /** The settings that were typed, by name. */
  public Map<String, String> typed() {
    Map<String, String> typed = new LinkedHashMap<>();
    put(typed, ServerSettings.HOME, home);
    put(typed, ServerSettings.CONFIG, config);
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--set needs name=value, got '" + assignment + "'");
      }
      typed.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return typed;
  }

  /** Adds what an option says that is a short name of a setting. */
  public static void put(Map<String, String> typed, Setting<?> setting, Optional<String> option) {
    option.ifPresent(value -> typed.put(setting.name(), value));
  }
}
