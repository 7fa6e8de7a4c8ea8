package io.pulzar.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The effective settings: every declared one has a checked value. */
public final class Settings {

  /** Where a value came from; a later one wins. */
  public enum Origin {
    DEFAULT("the default"),
    FILE("the configuration file"),
    PROPERTY("a -D property"),
    ENVIRONMENT("the environment"),
    OPTION("the command line");

    private final String words;

    Origin(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** A value's text and where it was written. */
  record Value(String text, Origin origin) {}

  private final Map<String, Setting<?>> declared;
  private final Map<String, Value> values;

  Settings(List<Setting<?>> declared, Map<String, Value> values) {
    this.declared = new TreeMap<>();
    declared.forEach(setting -> this.declared.put(setting.name(), setting));
    this.values = new TreeMap<>(values);
    this.declared.values().forEach(this::get);
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalArgumentException when the setting was not declared at the start
   */
  public <T> T get(Setting<T> setting) {
    Value value = values.get(setting.name());
    if (value == null || declared.get(setting.name()) != setting) {
      throw new IllegalArgumentException(
          setting.name() + " is not in the list of settings that the server was started with");
    }
    try {
      return setting.parse(value.text());
    } catch (IllegalArgumentException e) {
      throw new BadSettingException(
          setting.name()
              + (setting.isSecret() ? "" : "=" + value.text())
              + " from "
              + value.origin()
              + ": "
              + e.getMessage());
    }
  }

  /** Whether somebody chose the value, rather than leaving the default. */
  public boolean isChosen(Setting<?> setting) {
    Value value = values.get(setting.name());
    return value != null && value.origin() != Origin.DEFAULT;
  }

  /** Every setting as text by name, without the secret ones. */
  public Map<String, String> visible() {
    Map<String, String> visible = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Setting<?> setting = declared.get(name);
          if (setting != null && !setting.isSecret()) {
            visible.put(name, value.text());
          }
        });
    return visible;
  }

  /**
   * A setting as an operator sees it.
   *
   * @param value empty for a secret one
   * @param chosen whether somebody chose the value, rather than leaving the default
   */
  public record Shown(Setting<?> setting, String value, Origin origin, boolean chosen) {}

  /** Every declared setting by name. */
  public List<Shown> shown() {
    return declared.values().stream()
        .map(
            setting -> {
              Value value = values.getOrDefault(setting.name(), new Value("", Origin.DEFAULT));
              return new Shown(
                  setting,
                  setting.isSecret() ? "" : value.text(),
                  value.origin(),
                  value.origin() != Origin.DEFAULT);
            })
        .toList();
  }

  /** The chosen settings in one line for the log; a secret shows only that it is set. */
  public String describe() {
    String chosen =
        values.entrySet().stream()
            .filter(entry -> entry.getValue().origin() != Origin.DEFAULT)
            .map(
                entry -> {
                  Setting<?> setting = declared.get(entry.getKey());
                  boolean hidden = setting == null || setting.isSecret();
                  return entry.getKey() + "=" + (hidden ? "(set)" : entry.getValue().text());
                })
            .collect(Collectors.joining(", "));
    return chosen.isEmpty() ? "all settings have their defaults" : chosen;
  }
}
