package io.pulzar.jobs;

import io.pulzar.secrets.SealedParameters;
import java.util.Optional;

/**
 * What shall run: everything about a job that does not change.
 *
 * @param path the script below the jobs directory, without {@code .py}: {@code example/factorial}
 * @param parameters a JSON object as its client wrote it, with the secret ones sealed
 * @param data key of a stored value that the script reads
 * @param node the only node that may run it; empty: any
 * @param schedule the schedule that started it; empty: a request did
 */
public record Submission(
    String path,
    String parameters,
    Optional<String> data,
    Optional<String> node,
    Optional<Long> schedule) {

  /** The same with other parameters. */
  Submission withParameters(String other) {
    return new Submission(path, other, data, node, schedule);
  }

  /** What may be shown of its parameters. */
  String shownParameters() {
    return SealedParameters.masked(parameters);
  }

  /** Whether both ask for the same; where they run may differ. */
  boolean isSameWish(Submission other) {
    return path.equals(other.path)
        && parameters.equals(other.parameters)
        && data.equals(other.data);
  }

  /** The script's own name, without its directories. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
