package io.pulzar.jobs;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The body of a launch.
 *
 * @param parameters the JSON object for the script, as its client wrote it
 * @param data the value of {@code pulzar_data}
 * @param scheduled the value of {@code scheduled}, which the script does not see
 */
record LaunchBody(String parameters, Optional<String> data, Optional<JsonNode> scheduled) {

  private static final String DATA = "pulzar_data";
  private static final String SCHEDULED = "scheduled";
  private static final JsonFactory TOKENS = new JsonFactory();
  private static final Argument<JsonNode> NODE = Argument.of(JsonNode.class);

  /**
   * Reads a body; an empty one means no parameters.
   *
   * @throws io.pulzar.http.ApiException 400 when it is not one JSON object
   */
  static LaunchBody read(byte[] body, JsonMapper json) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return new LaunchBody("{}", Optional.empty(), Optional.empty());
    }
    JsonNode object = parse(text, json);
    JsonNode scheduled = object.get(SCHEDULED);
    String parameters = scheduled == null ? text : without(object, json);
    return new LaunchBody(parameters, data(object), Optional.ofNullable(scheduled));
  }

  private static JsonNode parse(String text, JsonMapper json) {
    JsonNode node;
    try {
      requireOneValue(text);
      node = json.readValue(text, NODE);
    } catch (IOException | JacksonException malformed) {
      throw Refusals.badParameters("it is not valid JSON");
    }
    if (node == null || !node.isObject()) {
      throw Refusals.badParameters("it is JSON, but not an object");
    }
    return node;
  }

  /** The mapper stops reading behind the first value, whatever follows it. */
  private static void requireOneValue(String text) {
    try (JsonParser parser = TOKENS.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw Refusals.badParameters("something follows the object");
      }
    }
  }

  private static Optional<String> data(JsonNode object) {
    JsonNode data = object.get(DATA);
    if (data == null) {
      return Optional.empty();
    }
    if (!data.isString()) {
      throw Refusals.badParameters(DATA + " is the key of a stored value, a text");
    }
    return Optional.of(data.getStringValue());
  }

  private static String without(JsonNode object, JsonMapper json) {
    Map<String, JsonNode> rest = new LinkedHashMap<>();
    object.entries().forEach(entry -> rest.put(entry.getKey(), entry.getValue()));
    rest.remove(SCHEDULED);
    try {
      return json.writeValueAsString(JsonNode.createObjectNode(rest));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
