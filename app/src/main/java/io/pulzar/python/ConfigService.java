package io.pulzar.python;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code config}: the effective settings, without the secret ones, under the original's names. */
@Singleton
final class ConfigService implements ScriptService {

  private final Map<String, String> visible;
  private final JsonMapper json;

  ConfigService(Settings settings, JsonMapper json) {
    this.visible = settings.visible();
    this.json = json;
  }

  @Override
  public String name() {
    return "config";
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    JsonNode asked = read(arguments);
    String value = visible.get("pulzar." + word(asked, "section") + "." + word(asked, "key"));
    return value == null ? "null" : json.writeValueAsString(value);
  }

  private @Nullable JsonNode read(String arguments) throws HostCallException {
    try {
      return json.readValue(arguments, Argument.of(JsonNode.class));
    } catch (IOException e) {
      throw new HostCallException("ValueError", "config needs an object with section and key");
    }
  }

  /** The configuration file writes {@code retention_policy}, settings {@code retention-policy}. */
  private static String word(@Nullable JsonNode asked, String name) throws HostCallException {
    JsonNode word = asked == null || !asked.isObject() ? null : asked.get(name);
    if (word == null || !word.isString()) {
      throw new HostCallException("ValueError", "config needs a " + name);
    }
    return word.getStringValue().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
