package io.pulzar.jobs;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.ScriptRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A job that a node shall run now.
 *
 * @param parameters the client's JSON object
 * @param scheduled whether a schedule started it
 * @param data key of a stored value that the script may read
 * @param notes what the script's author should know about its limits
 */
@Serdeable
public record LeasedJob(
    AttemptId attempt,
    String path,
    String parameters,
    boolean scheduled,
    Optional<String> data,
    RunLimits limits,
    List<String> notes) {

  /** What the run may use; see the settings {@code pulzar.jobs.*} and the script's docstring. */
  @Serdeable
  public record RunLimits(
      Duration timeout,
      long memoryBytes,
      long outputBytes,
      boolean network,
      Isolation isolation,
      ScriptRuntime runtime) {}
}
