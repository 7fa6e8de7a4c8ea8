package io.pulzar.polyglot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One run of a script.
 *
 * @param id names the run in logs and in errors
 * @param arguments a JSON document: for a job the parameters object; for others {@code
 *     {"arguments": […], "params": {…}}}
 * @param input a file of the host that the script may read (an upload, a stored value)
 * @param host answers what the script asks of the platform while it runs
 * @param runtime the kind of Python
 * @param environment its secrets and variables; the secrets are masked in all that it says
 */
public record Call(
    String id,
    Script script,
    String arguments,
    Optional<Path> input,
    Isolation isolation,
    Limits limits,
    HostCalls host,
    ScriptRuntime runtime,
    RunEnvironment environment) {

  /** A call without secrets and variables. */
  public Call(
      String id,
      Script script,
      String arguments,
      Optional<Path> input,
      Isolation isolation,
      Limits limits,
      HostCalls host,
      ScriptRuntime runtime) {
    this(id, script, arguments, input, isolation, limits, host, runtime, RunEnvironment.NONE);
  }

  /** A call in the usual kind of Python. */
  public Call(
      String id,
      Script script,
      String arguments,
      Optional<Path> input,
      Isolation isolation,
      Limits limits,
      HostCalls host) {
    this(id, script, arguments, input, isolation, limits, host, ScriptRuntime.GRAALPY);
  }
}
