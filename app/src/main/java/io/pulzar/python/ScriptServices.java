package io.pulzar.python;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.python.ScriptRun.Purpose;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that scripts on this server may ask, by name. */
@Singleton
public final class ScriptServices {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptServices.class);

  private final Map<String, ScriptService> services;

  public ScriptServices(List<ScriptService> services) {
    this.services =
        services.stream().collect(Collectors.toMap(ScriptService::name, Function.identity()));
  }

  /** What one run may ask. */
  public HostCalls forRun(Purpose purpose, String id) {
    return (name, arguments, scratch) -> {
      ScriptService service = services.get(name);
      if (service == null) {
        throw new HostCallException("NotImplementedError", "this server does not offer " + name);
      }
      try {
        return service.answer(new ScriptRun(purpose, id, scratch), arguments);
      } catch (IOException e) {
        LOG.error("the server could not answer {} of {} {}", name, purpose, id, e);
        throw new HostCallException(
            "OSError", "the server could not do " + name + "; its log says why");
      }
    };
  }
}
