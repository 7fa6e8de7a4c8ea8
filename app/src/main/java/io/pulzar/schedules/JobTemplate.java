package io.pulzar.schedules;

import io.pulzar.secrets.SealedParameters;
import java.util.Optional;

/**
 * What each run of a schedule does.
 *
 * @param path the script below the jobs directory, {@code example/factorial}
 * @param parameters a JSON object, with the secret ones sealed
 * @param data key of a stored value that the script reads, looked for again at each run
 */
record JobTemplate(String path, String parameters, Optional<String> data) {

  /** What may be shown of its parameters. */
  String shownParameters() {
    return SealedParameters.masked(parameters);
  }

  /** The script's name without its directories. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
