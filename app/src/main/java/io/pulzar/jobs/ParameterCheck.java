package io.pulzar.jobs;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Compares a request's parameters with what its script says of them, before anything is stored. */
final class ParameterCheck {

  private final JsonMapper json;

  ParameterCheck(JsonMapper json) {
    this.json = json;
  }

  /**
   * Does nothing when all is well, or nothing is said.
   *
   * @param parameters a JSON object
   * @throws io.pulzar.http.ApiException 400 that names each parameter that will not do
   */
  void check(String path, ScriptDocumentation script, String parameters) {
    Signature signature = script.parameters();
    if (signature.isAny()) {
      return;
    }
    List<String> problems = signature.problems(read(parameters));
    if (!problems.isEmpty()) {
      throw Refusals.wrongParameters(path, problems);
    }
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
