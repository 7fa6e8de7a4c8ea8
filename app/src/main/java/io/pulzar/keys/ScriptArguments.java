package io.pulzar.keys;

import io.micronaut.json.JsonMapper;
import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a script sent; nothing about it is certain. */
public final class ScriptArguments {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptArguments.class);

  private ScriptArguments() {}

  /**
   * The arguments as a {@code @Serdeable} type.
   *
   * @throws HostCallException a ValueError when they do not fit it
   */
  public static <T> T read(JsonMapper json, String arguments, Class<T> type)
      throws HostCallException {
    try {
      T asked = json.readValue(arguments, type);
      if (asked != null) {
        return asked;
      }
    } catch (IOException e) {
      LOG.debug("a script asked in a form that can't be read", e);
    }
    throw new HostCallException("ValueError", "the arguments are not what this call takes");
  }
}
