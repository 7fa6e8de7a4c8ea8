package io.pulzar.jobs;

import io.micronaut.json.JsonMapper;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.link.ClusterKey;
import io.pulzar.polyglot.RunEnvironment;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.secrets.RunSecrets;
import io.pulzar.secrets.SealedParameters;
import java.util.Optional;

/** Finds what a lease carries sealed: secrets, variables, and parameters that are secret. */
final class LeaseSecrets {

  private final RunSecrets secrets;
  private final SealedParameters parameters;
  private final ClusterKey key;
  private final JsonMapper json;

  LeaseSecrets(RunSecrets secrets, SealedParameters parameters, ClusterKey key, JsonMapper json) {
    this.secrets = secrets;
    this.parameters = parameters;
    this.key = key;
    this.json = json;
  }

  /**
   * The sealed values; empty when the run has none.
   *
   * @throws io.pulzar.http.ApiException that names what is missing, and the cure
   */
  Optional<String> of(AttemptId attempt, Submission submission, ScriptDocumentation script) {
    String path = submission.path();
    RunEnvironment environment = secrets.of(path, script.wishes().secrets());
    SealedParameters.Opened opened = parameters.open(path, submission.parameters());
    if (environment.equals(RunEnvironment.NONE)
        && opened.concealed().isEmpty()
        && opened.parameters().equals(submission.parameters())) {
      return Optional.empty();
    }
    LeasedValues values =
        new LeasedValues(
            environment.secrets(),
            environment.variables(),
            opened.parameters(),
            opened.concealed());
    return Optional.of(values.seal(key, attempt, json));
  }
}
