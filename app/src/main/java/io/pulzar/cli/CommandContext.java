package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.util.Map;
import java.util.function.Function;

/**
 * What a command works with.
 *
 * @param terminal where it was typed
 * @param chosen the settings of a server that would be started here, with these on top, by name
 */
public record CommandContext(Terminal terminal, Function<Map<String, String>, Settings> chosen) {

  /** The settings of a server that would be started here without options. */
  public Settings settings() {
    return chosen.apply(Map.of());
  }
}
