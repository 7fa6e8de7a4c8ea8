package io.pulzar.keys;

import io.micronaut.json.JsonMapper;
import io.pulzar.polyglot.HostCallException;
import java.io.IOException;

/** Reads what a script sent; nothing about it is certain. */
public final class ScriptArguments {

  private ScriptArguments() {}

  /**
   * The arguments as a {@code @Serdeable} type.
   *
   * @throws IOException when they do not fit it
   */
  public static <T> T read(JsonMapper json, String arguments, Class<T> type)
      throws HostCallException, IOException {
    T asked = json.readValue(arguments, type);
    if (asked == null) {
      throw new HostCallException("ValueError", "the arguments must be an object");
    }
    return asked;
  }
}
