package io.pulzar.polyglot.host.json;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import org.jspecify.annotations.Nullable;

/** Parses JSON for {@code json.loads}. */
public final class JsonService implements HostService {

  /** The document in the marshal format, or null for what Python's own parser shall look at. */
  @Override
  public byte @Nullable [] call(String operation, CallArguments arguments)
      throws HostCallException {
    if (!operation.equals("loads")) {
      throw HostService.unknown("json", operation);
    }
    return JsonParser.parse(arguments.text(0));
  }
}
