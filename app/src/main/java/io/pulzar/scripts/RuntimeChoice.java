package io.pulzar.scripts;

import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which Python runs a script that does not say so itself: by the directory that it is in. The
 * docstring and the shebang go first ({@link ScriptDocumentation}); nothing is ever tried out.
 */
public final class RuntimeChoice {

  private static final String ALL = "*";

  private final Map<String, ScriptRuntime> byDirectory = new LinkedHashMap<>();

  /**
   * Reads a setting's entries, such as {@code legacy=python2}.
   *
   * @throws BadSettingException when one is no directory or script with a runtime behind it
   */
  public RuntimeChoice(Setting<List<String>> setting, List<String> entries) {
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      Optional<ScriptRuntime> runtime =
          equals < 1 ? Optional.empty() : named(entry.substring(equals + 1).strip());
      byDirectory.put(
          trimmed(entry.substring(0, Math.max(0, equals))),
          runtime.orElseThrow(
              () ->
                  new BadSettingException(
                      "%s takes directories or scripts with their runtime, such as legacy=python2,"
                              .formatted(setting.name())
                          + " and not '%s'; runtimes are %s, and * stands for all scripts"
                              .formatted(entry, names()))));
    }
  }

  /** What runs a script, from what it says itself and where it is. */
  public ScriptRuntime of(String path, ScriptDocumentation script) {
    return script.wishes().runtime().orElseGet(() -> byDirectory(path));
  }

  private ScriptRuntime byDirectory(String path) {
    for (String place = path; !place.isEmpty(); place = above(place)) {
      ScriptRuntime chosen = byDirectory.get(place);
      if (chosen != null) {
        return chosen;
      }
    }
    return byDirectory.getOrDefault(ALL, ScriptRuntime.GRAALPY);
  }

  private static String above(String place) {
    return place.substring(0, Math.max(0, place.lastIndexOf('/')));
  }

  private static String trimmed(String directory) {
    return directory.strip().replaceAll("^/+|/+(\\*\\*)?$", "");
  }

  static Optional<ScriptRuntime> named(String text) {
    try {
      return Optional.of(ScriptRuntime.valueOf(text.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** All runtimes, as authors write them. */
  static String names() {
    return "graalpy, cpython and python2";
  }
}
