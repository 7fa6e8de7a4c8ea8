package io.pulzar.secrets;

import io.pulzar.http.ApiException;
import io.pulzar.polyglot.RunEnvironment;
import java.util.List;
import java.util.Map;

/** What a run is given: resolved when it starts, so that a change counts from the next run on. */
public final class RunSecrets {

  private final SecretStore store;

  RunSecrets(SecretStore store) {
    this.store = store;
  }

  /**
   * The secrets and variables of a script.
   *
   * @param script its path, {@code finance/report}
   * @param names the secrets that its docstring asks for
   * @throws ApiException 409 that names the secret that is missing, and the cure
   */
  public RunEnvironment of(String script, List<String> names) {
    Map<String, String> variables = store.variablesFor(script);
    return names.isEmpty() && variables.isEmpty()
        ? RunEnvironment.NONE
        : new RunEnvironment(store.secretsFor(script, names), variables, List.of());
  }
}
