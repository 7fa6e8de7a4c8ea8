package io.pulzar.mcp;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One message of a client, by JSON-RPC 2.0.
 *
 * @param id a text or a number; empty: a notification, or an answer, which needs none itself
 * @param method empty: an answer to a question that we never asked
 * @param text all of it, as its client wrote it
 */
record RpcMessage(Optional<JsonNode> id, Optional<String> method, JsonNode params, String text) {

  private static final Argument<JsonNode> NODE = Argument.of(JsonNode.class);
  private static final JsonNode NOTHING = JsonNode.createObjectNode(Map.of());
  private static final JsonFactory TOKENS = new JsonFactory();

  /**
   * @throws RpcException when it is no such message
   */
  static RpcMessage read(String text, JsonMapper json) {
    JsonNode message;
    try {
      message = json.readValue(text, NODE);
    } catch (IOException | JacksonException malformed) {
      throw RpcException.notJson("the body is not valid JSON");
    }
    if (message == null || !message.isObject()) {
      throw RpcException.noRequest("the body is one message of JSON-RPC: an object, not a batch");
    }
    if (!"2.0".equals(text(message.get("jsonrpc")))) {
      throw RpcException.noRequest("a message has \"jsonrpc\": \"2.0\"");
    }
    JsonNode method = message.get("method");
    if (method != null && !method.isString()) {
      throw RpcException.noRequest("a method is a text");
    }
    JsonNode id = message.get("id");
    if (id != null && !id.isString() && !id.isNumber()) {
      throw RpcException.noRequest("an id is a text or a number");
    }
    JsonNode params = message.get("params");
    if (params != null && !params.isObject()) {
      throw RpcException.noRequest("params are an object");
    }
    return new RpcMessage(
        Optional.ofNullable(id),
        Optional.ofNullable(method).map(JsonNode::getStringValue),
        params == null ? NOTHING : params,
        text);
  }

  /** Whether it has to be answered. */
  boolean isRequest() {
    return id.isPresent() && method.isPresent();
  }

  /**
   * A parameter that is a text.
   *
   * @throws RpcException when it is something else
   */
  Optional<String> text(String name) {
    JsonNode value = params.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw RpcException.badParams(name + " is a text");
    }
    return Optional.of(value.getStringValue());
  }

  /**
   * A parameter that is an object; an empty one when it is not there.
   *
   * @throws RpcException when it is something else
   */
  JsonNode object(String name) {
    JsonNode value = params.get(name);
    if (value == null || value.isNull()) {
      return NOTHING;
    }
    if (!value.isObject()) {
      throw RpcException.badParams(name + " is an object");
    }
    return value;
  }

  /**
   * The arguments of a tool's call exactly as they were written: a number that was read and written
   * again may be another one.
   */
  String arguments() {
    try (JsonParser parser = TOKENS.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      if (!enter(parser, "params")
          || !enter(parser, "arguments")
          || parser.currentToken() != JsonToken.START_OBJECT) {
        return "{}";
      }
      int from = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      return text.substring(from, (int) parser.currentLocation().getCharOffset());
    }
  }

  /** Goes on to the value of that name in the object that begins here. */
  private static boolean enter(JsonParser parser, String name) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = parser.currentName().equals(name);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static String text(@Nullable JsonNode value) {
    return value != null && value.isString() ? value.getStringValue() : "";
  }
}
