package io.pulzar.python;

import io.pulzar.logs.RunFields;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.python.ScriptRun.Purpose;
import io.pulzar.rights.ScriptRights;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that scripts on this server may ask, by name. */
@Singleton
public final class ScriptServices {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptServices.class);

  private final Map<String, ScriptService> services;
  private final ScriptRights rights;

  public ScriptServices(List<ScriptService> services, ScriptRights rights) {
    this.services =
        services.stream().collect(Collectors.toMap(ScriptService::name, Function.identity()));
    this.rights = rights;
  }

  /** What a job may ask: as much as the folder of its script may. */
  public HostCalls forJob(Purpose purpose, long job, String script) {
    return forJob(purpose, job, script, Optional.empty());
  }

  /**
   * The same for a job in a trace.
   *
   * @param trace its number, for the log
   */
  public HostCalls forJob(Purpose purpose, long job, String script, Optional<String> trace) {
    rights.expect(script);
    String id = Long.toString(job);
    HostCalls calls = calls(purpose, id, RunRights.of(rights, script, "job " + id));
    return new HostCalls() {
      @Override
      public String call(String name, String arguments, Path scratch) throws HostCallException {
        try (RunFields _ = RunFields.of(job, script, trace)) {
          return calls.call(name, arguments, scratch);
        }
      }

      @Override
      public boolean waits(String name) {
        return calls.waits(name);
      }
    };
  }

  /** What a draft of a script may ask while it is tested: as much as the script. */
  public HostCalls forDraft(String script) {
    rights.expect(script);
    return calls(Purpose.TEST, "", RunRights.of(rights, script, "a test run"));
  }

  /** What a run may ask whose script is part of the installation: everything. */
  public HostCalls forRun(Purpose purpose, String id) {
    return calls(purpose, id, RunRights.EVERYTHING);
  }

  private HostCalls calls(Purpose purpose, String id, RunRights may) {
    return new HostCalls() {
      @Override
      public String call(String name, String arguments, Path scratch) throws HostCallException {
        return answer(name, new ScriptRun(purpose, id, may, scratch), arguments);
      }

      @Override
      public boolean waits(String name) {
        ScriptService service = services.get(name);
        return service != null && service.waits();
      }
    };
  }

  private String answer(String name, ScriptRun run, String arguments) throws HostCallException {
    ScriptService service = services.get(name);
    if (service == null) {
      throw new HostCallException("NotImplementedError", "this server does not offer " + name);
    }
    try {
      return service.answer(run, arguments);
    } catch (IOException e) {
      LOG.error("the server could not answer {} of {} {}", name, run.purpose(), run.id(), e);
      throw new HostCallException(
          "OSError", "the server could not do " + name + "; its log says why");
    }
  }
}
