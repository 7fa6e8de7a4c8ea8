package io.pulzar.keys;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A value that a script wants stored.
 *
 * @param file with its bytes, in the run's own directory
 */
public record ScriptValue(WriteOptions options, ScratchFile file) implements AutoCloseable {

  /** The name of the service that takes it. */
  public static final String SERVICE = "keys.put";

  /**
   * Reads what a script asks.
   *
   * @throws io.pulzar.http.ApiException 400 {@code illegal_key}, {@code bad_parameter}
   */
  public static ScriptValue read(JsonMapper json, ScriptRun run, String arguments)
      throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    String days = asked.days() == null ? null : asked.days().toString();
    return new ScriptValue(
        new WriteOptions(Key.of(asked.key()), Lifetime.parse(days, null), asked.replace()),
        ScratchFile.open(run.scratch(), asked.file()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** How a request over HTTP says the same. */
  String query() {
    return "?url=master&replace="
        + options.replace()
        + options.lifetime().map(kept -> "&ttl=" + kept).orElse("");
  }

  @Serdeable
  record Asked(String key, String file, @Nullable Integer days, boolean replace) {}
}
