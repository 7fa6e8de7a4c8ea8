package io.pulzar.jobs;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.link.ClusterKey;
import io.pulzar.polyglot.RunEnvironment;
import io.pulzar.sealing.SealedTextException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What a run gets that nobody on the way to its node may read: it crosses the link sealed, and is
 * on no disk there.
 *
 * @param parameters the job's JSON object with its secret parameters
 * @param concealed texts of these
 */
@Serdeable
public record LeasedValues(
    Map<String, String> secrets,
    Map<String, String> variables,
    String parameters,
    List<String> concealed) {

  /** Without values, for whoever logs it. */
  @Override
  public String toString() {
    return environment().toString();
  }

  public RunEnvironment environment() {
    return new RunEnvironment(secrets, variables, concealed);
  }

  /** For the lease of this attempt, and for no other. */
  String seal(ClusterKey key, AttemptId attempt, JsonMapper json) {
    try {
      return key.sealing().seal(json.writeValueAsString(this), about(attempt));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens what a lease carries.
   *
   * @throws SealedTextException when it is of another attempt or of another cluster
   */
  public static LeasedValues open(String sealed, ClusterKey key, AttemptId attempt, JsonMapper json)
      throws SealedTextException {
    try {
      LeasedValues read =
          json.readValue(key.sealing().open(sealed, about(attempt)), LeasedValues.class);
      if (read == null) {
        throw new IOException("there is nothing in it");
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String about(AttemptId attempt) {
    return "lease\n" + attempt.job() + "\n" + attempt.attempt();
  }
}
