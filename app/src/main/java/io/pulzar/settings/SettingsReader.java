package io.pulzar.settings;

import io.pulzar.settings.Settings.Origin;
import io.pulzar.settings.Settings.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the effective value of each setting: default, then the configuration file, then {@code -D}
 * properties, then environment variables, then the command line; the later wins.
 *
 * <p>Relative paths in defaults and in the file start at the installation, those that were typed
 * start at the working directory. Names may be written with {@code _} or {@code -}.
 */
public final class SettingsReader {

  private static final String DEFAULT_FILE = "config/server.conf";

  /** Read by the launcher, before there is a JVM, and by commands. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("PULZAR_JAVA_OPTIONS", "PULZAR_HEAP", "PULZAR_SERVER", "PULZAR_TOKEN");

  private final List<Setting<?>> declared;
  private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
  private final Path workingDirectory;

  /**
   * @param declared every setting there is
   * @param workingDirectory where typed relative paths start
   */
  public SettingsReader(List<Setting<?>> declared, Path workingDirectory) {
    this.declared = List.copyOf(declared);
    this.workingDirectory = workingDirectory.toAbsolutePath();
    for (Setting<?> setting : declared) {
      if (byName.put(setting.name(), setting) != null) {
        throw new IllegalArgumentException(setting.name() + " is declared twice");
      }
    }
  }

  /** The settings, and remarks for the log about what was written but not used. */
  public record Result(Settings settings, List<String> warnings) {}

  /**
   * Reads all sources.
   *
   * @param properties of the JVM; those that start with {@code pulzar.} count
   * @param environment those that start with {@code PULZAR_} count
   * @param typed name to value, from the command line
   * @throws BadSettingException when a name is unknown or a value does not fit
   */
  public Result read(
      Map<String, String> properties, Map<String, String> environment, Map<String, String> typed) {
    List<String> warnings = new ArrayList<>();
    Map<String, Value> chosen = new HashMap<>();
    properties.forEach(
        (name, text) -> {
          if (name.startsWith("pulzar.")) {
            chosen.put(known(name, Origin.PROPERTY).name(), new Value(text, Origin.PROPERTY));
          }
        });
    chosen.putAll(fromEnvironment(environment, warnings));
    typed.forEach(
        (name, text) ->
            chosen.put(known(name, Origin.OPTION).name(), new Value(text, Origin.OPTION)));

    Path installation = installation(chosen);
    Map<String, Value> values = new HashMap<>();
    declared.forEach(
        setting -> values.put(setting.name(), new Value(setting.defaultText(), Origin.DEFAULT)));
    fromFile(chosen, installation)
        .forEach(
            (name, text) ->
                values.put(known(name, Origin.FILE).name(), new Value(text, Origin.FILE)));
    values.putAll(chosen);
    values.replaceAll((name, value) -> absolute(name, value, installation));
    return new Result(new Settings(declared, values), warnings);
  }

  private Setting<?> known(String name, Origin origin) {
    Setting<?> setting = byName.get(name.replace('_', '-'));
    if (setting == null) {
      throw new BadSettingException(
          "there is no setting "
              + name
              + " (from "
              + origin
              + "); did you mean "
              + closest(name)
              + "?");
    }
    return setting;
  }

  /**
   * Container platforms invent variables of this form, so an unknown one is only worth a remark.
   */
  private Map<String, Value> fromEnvironment(
      Map<String, String> environment, List<String> warnings) {
    Map<String, Setting<?>> byVariable = new HashMap<>();
    declared.forEach(setting -> byVariable.put(setting.environmentVariable(), setting));
    Map<String, Value> found = new HashMap<>();
    environment.forEach(
        (variable, text) -> {
          Setting<?> setting = byVariable.get(variable);
          if (setting != null) {
            found.put(setting.name(), new Value(text, Origin.ENVIRONMENT));
          } else if (variable.startsWith("PULZAR_") && !OTHER_VARIABLES.contains(variable)) {
            String name = variable.toLowerCase(Locale.ROOT).replace('_', '.');
            warnings.add(
                "the environment variable "
                    + variable
                    + " is no setting; the closest is "
                    + known(closest(name), Origin.ENVIRONMENT).environmentVariable());
          }
        });
    return found;
  }

  private Map<String, String> fromFile(Map<String, Value> chosen, Path installation) {
    Value named = chosen.get(ServerSettings.CONFIG.name());
    if (named != null) {
      return IniFile.read(workingDirectory.resolve(home(named.text())));
    }
    Path usual = installation.resolve(DEFAULT_FILE);
    return Files.exists(usual) ? IniFile.read(usual) : Map.of();
  }

  private Path installation(Map<String, Value> chosen) {
    Value named = chosen.get(ServerSettings.INSTALLATION.name());
    return named == null
        ? workingDirectory
        : workingDirectory.resolve(home(named.text())).normalize();
  }

  private Value absolute(String name, Value value, Path installation) {
    Setting<?> setting = byName.get(name);
    if (setting == null || !setting.isPath() || value.text().isBlank()) {
      return value;
    }
    boolean typed = value.origin() != Origin.DEFAULT && value.origin() != Origin.FILE;
    Path base = typed ? workingDirectory : installation;
    return new Value(base.resolve(home(value.text())).normalize().toString(), value.origin());
  }

  private static String home(String path) {
    return path.equals("~") || path.startsWith("~/")
        ? System.getProperty("user.home") + path.substring(1)
        : path;
  }

  private String closest(String name) {
    String best = ServerSettings.PORT.name();
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : byName.keySet()) {
      int distance = distance(name, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Edits between two words (Levenshtein), in one row of memory. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[other.length()];
  }

  /** The properties of this JVM as a map. */
  public static Map<String, String> jvmProperties() {
    Map<String, String> properties = new HashMap<>();
    Set<String> names = new HashSet<>(System.getProperties().stringPropertyNames());
    names.forEach(name -> properties.put(name, System.getProperty(name, "")));
    return properties;
  }
}
