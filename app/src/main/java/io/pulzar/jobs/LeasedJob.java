package io.pulzar.jobs;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.ScriptRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A job that a node shall run now.
 *
 * @param parameters the client's JSON object, with its secret ones sealed
 * @param scheduled whether a schedule started it
 * @param data key of a stored value that the script may read
 * @param notes what the script's author should know about its limits
 * @param declared the limits that were read in its docstring, by name; the worker compares
 * @param sealed the {@link LeasedValues}; empty: it has none
 * @param refusal why it must not run after all; its attempt fails with that
 * @param trace the number of the trace that it stands in
 */
@Serdeable
public record LeasedJob(
    AttemptId attempt,
    String path,
    String parameters,
    boolean scheduled,
    Optional<String> data,
    RunLimits limits,
    List<String> notes,
    Map<String, String> declared,
    Optional<String> sealed,
    Optional<String> refusal,
    Optional<String> trace) {

  /** The same in a trace. */
  LeasedJob within(Optional<String> other) {
    return other.isEmpty()
        ? this
        : new LeasedJob(
            attempt,
            path,
            parameters,
            scheduled,
            data,
            limits,
            notes,
            declared,
            sealed,
            refusal,
            other);
  }

  /** What the run may use; see the settings {@code pulzar.jobs.*} and the script's docstring. */
  @Serdeable
  public record RunLimits(
      Duration timeout,
      long memoryBytes,
      long outputBytes,
      boolean network,
      Isolation isolation,
      ScriptRuntime runtime) {

    /** These, as a call of the Python runtime takes them. */
    public Limits forCall() {
      return new Limits(timeout, memoryBytes, outputBytes, network);
    }
  }

  /**
   * The client's object with what the platform adds. A name that both use is the platform's.
   *
   * @param parameters the object, its secret parameters opened
   */
  public String arguments(String parameters) {
    String own =
        "\"job_id\":"
            + attempt.job()
            + ",\"_pulzar_config\":{\"scheduled\":"
            + scheduled
            + "},\"_pulzar_declared\":"
            + declaredAsJson()
            + "}";
    String object = parameters.strip();
    String inside = object.substring(1, object.length() - 1).strip();
    return inside.isEmpty() ? "{" + own : "{" + inside + "," + own;
  }

  /** A JSON object; the worker takes it out before the script sees its parameters. */
  private String declaredAsJson() {
    return declared.entrySet().stream()
        .map(limit -> quoted(limit.getKey()) + ":" + quoted(limit.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }
}
