package io.pulzar.polyglot;

import java.util.List;
import java.util.Map;

/**
 * The secrets and variables of one run. Its text form has names only, so that no log can show a
 * value by mistake.
 *
 * @param secrets those that the script asked for, by name
 * @param variables by name; a secret of the same name wins
 * @param concealed further texts that nobody shall see in what the run says: parameters that are
 *     marked secret
 */
public record RunEnvironment(
    Map<String, String> secrets, Map<String, String> variables, List<String> concealed) {

  /** Nothing is given. */
  public static final RunEnvironment NONE = new RunEnvironment(Map.of(), Map.of(), List.of());

  public RunEnvironment {
    secrets = Map.copyOf(secrets);
    variables = Map.copyOf(variables);
    concealed = List.copyOf(concealed);
  }

  @Override
  public String toString() {
    return "secrets " + secrets.keySet() + ", variables " + variables.keySet();
  }
}
