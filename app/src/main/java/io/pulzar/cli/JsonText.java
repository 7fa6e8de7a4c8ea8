package io.pulzar.cli;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as the commands read and write it: maps, lists, texts, numbers, true, false and null.
 *
 * <p>Token by token, because the mapper of the server is a bean, and to make its context takes
 * longer than a command does.
 */
final class JsonText {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** On one line. */
  static String of(@Nullable Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  /** The same in UTF-8. */
  static byte[] bytes(@Nullable Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(value, generator);
    }
    return bytes.toByteArray();
  }

  /** The fields of an object; empty for all else. */
  static Optional<Map<?, ?>> object(byte[] text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return read(parser) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** What a word means when it is JSON: a number, a list; itself when it is not. */
  static Object meaning(String word) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), word)) {
      @Nullable Object value = read(parser);
      return value == null || parser.nextToken() != null ? word : value;
    } catch (JacksonException e) {
      return word;
    }
  }

  private static @Nullable Object read(JsonParser parser) {
    @Nullable JsonToken token = parser.nextToken();
    return token == null ? null : value(parser, token);
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          fields.put(parser.currentName(), value(parser, parser.nextToken()));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          elements.add(value(parser, next));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getString();
    };
  }

  private static void write(@Nullable Object value, JsonGenerator generator) {
    switch (value) {
      case null -> generator.writeNull();
      case Map<?, ?> fields -> {
        generator.writeStartObject();
        // A map without an order of its own has another one in each process.
        Map<?, ?> ordered = fields instanceof SequencedMap<?, ?> ? fields : new TreeMap<>(fields);
        ordered.forEach(
            (name, field) -> {
              generator.writeName(String.valueOf(name));
              write(field, generator);
            });
        generator.writeEndObject();
      }
      case List<?> elements -> {
        generator.writeStartArray();
        elements.forEach(element -> write(element, generator));
        generator.writeEndArray();
      }
      case Boolean truth -> generator.writeBoolean(truth);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case BigInteger number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      default -> generator.writeString(value.toString());
    }
  }
}
