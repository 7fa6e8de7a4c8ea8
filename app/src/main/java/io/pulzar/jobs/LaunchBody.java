package io.pulzar.jobs;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.http.ApiException;
import io.pulzar.http.BodyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
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

  /** As deep as Python's own reader of JSON safely goes in a worker. */
  private static final int DEEPEST = 500;

  private static final int NEAR = 20;
  private static final JsonFactory TOKENS =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST + 1).build())
          .build();
  private static final Argument<JsonNode> NODE = Argument.of(JsonNode.class);

  /**
   * Reads a body; an empty one means no parameters.
   *
   * @throws ApiException 400 when it is not one JSON object, 415 when it says that it is not
   */
  static LaunchBody read(HttpRequest<?> request, byte[] body, JsonMapper json) {
    String text = BodyText.decode(request, body).strip();
    try {
      return read(text, json);
    } catch (ApiException malformed) {
      throw BodyText.declaredAs(request).orElse(malformed);
    }
  }

  static LaunchBody read(String text, JsonMapper json) {
    if (text.isEmpty()) {
      return new LaunchBody("{}", Optional.empty(), Optional.empty());
    }
    JsonNode object = parse(text, json);
    JsonNode scheduled = object.get(SCHEDULED);
    String parameters = scheduled == null ? text : without(object, json);
    return new LaunchBody(parameters, data(object), Optional.ofNullable(scheduled));
  }

  private static JsonNode parse(String text, JsonMapper json) {
    requireOneValue(text);
    JsonNode node;
    try {
      node = json.readValue(text, NODE);
    } catch (IOException | JacksonException malformed) {
      throw Refusals.badParameters("it is not valid JSON");
    }
    if (node == null || !node.isObject()) {
      throw Refusals.badParameters("it is JSON, but not an object");
    }
    return node;
  }

  /**
   * The mapper stops reading behind the first value, whatever follows it, and does not say where.
   */
  private static void requireOneValue(String text) {
    try (JsonParser parser = TOKENS.createParser(ObjectReadContext.empty(), text)) {
      int depth = 0;
      do {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw Refusals.badParameters(
              "it is not valid JSON: it ends too soon, " + place(parser.currentLocation(), text));
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > DEEPEST) {
          throw Refusals.badParameters(
              "it is nested more than %d deep, %s"
                  .formatted(DEEPEST, place(parser.currentLocation(), text)));
        }
        // Reads it, so that a text or number that is none is found.
        parser.getString();
      } while (depth > 0);
      if (parser.nextToken() != null) {
        throw Refusals.badParameters(
            "something follows the object, " + place(parser.currentTokenLocation(), text));
      }
    } catch (JacksonException malformed) {
      throw Refusals.badParameters("it is not valid JSON, " + place(malformed.getLocation(), text));
    }
  }

  /** Where something is, with the character there: what a person looks for. */
  private static String place(TokenStreamLocation at, String text) {
    int offset = (int) at.getCharOffset();
    String where = "at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return offset < 0 || offset >= text.length()
        ? where + ", its end"
        : where + ", near '" + near(text, offset) + "'";
  }

  private static String near(String text, int offset) {
    int from = Math.max(0, offset - 1);
    return text.substring(from, Math.min(text.length(), from + NEAR)).replaceAll("\\s+", " ");
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
