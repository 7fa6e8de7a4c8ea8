package io.pulzar.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The values of a JSON object, each as it stands there: what is not replaced stays as it is. */
final class TopLevelValues {

  private static final JsonFactory TOKENS = new JsonFactory();

  private TopLevelValues() {}

  /**
   * Replaces values.
   *
   * @param object that is known to be one
   * @param replacement gets the name and the JSON of a value, and returns what shall stand there
   */
  static String replace(String object, BinaryOperator<String> replacement) {
    StringBuilder replaced = new StringBuilder(object.length());
    int copied = 0;
    try (JsonParser parser = TOKENS.createParser(ObjectReadContext.empty(), object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.getString();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        // Reads it, so that the parser stands behind it.
        parser.getString();
        int to = (int) parser.currentLocation().getCharOffset();
        replaced.append(object, copied, from);
        replaced.append(replacement.apply(name, object.substring(from, to)));
        copied = to;
      }
    }
    return replaced.append(object, copied, object.length()).toString();
  }

  /** The texts and numbers of a value, however deep. */
  static List<String> leaves(String value) {
    List<String> leaves = new ArrayList<>();
    try (JsonParser parser = TOKENS.createParser(ObjectReadContext.empty(), value)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
          leaves.add(parser.getString());
        }
      }
    }
    return leaves;
  }
}
