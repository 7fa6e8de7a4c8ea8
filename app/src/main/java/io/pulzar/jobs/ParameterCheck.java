package io.pulzar.jobs;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.Signature;
import io.pulzar.secrets.SealedParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Compares a request's parameters with what its script says of them, before anything is stored, and
 * seals those that are secret.
 */
final class ParameterCheck {

  private final JsonMapper json;
  private final SealedParameters sealed;

  ParameterCheck(JsonMapper json, SealedParameters sealed) {
    this.json = json;
    this.sealed = sealed;
  }

  /**
   * Checks parameters, as a client sends them or as an earlier run had them.
   *
   * @param parameters a JSON object
   * @return what is to be stored
   * @throws io.pulzar.http.ApiException 400 that names each parameter that will not do
   */
  String check(String path, ScriptDocumentation script, String parameters) {
    String opened = sealed.open(path, parameters).parameters();
    Signature signature = script.parameters();
    List<String> problems =
        signature.isAny() ? List.of() : signature.problems(read(opened), script.secretParameters());
    if (!problems.isEmpty()) {
      throw Refusals.wrongParameters(path, problems);
    }
    return sealed.seal(path, script.secretParameters(), opened);
  }

  private JsonNode read(String parameters) {
    try {
      JsonNode object = json.readValue(parameters, Argument.of(JsonNode.class));
      return object == null ? JsonNode.nullNode() : object;
    } catch (IOException impossible) {
      throw new UncheckedIOException("parameters are checked before they come here", impossible);
    }
  }
}
