package io.pulzar.openapi;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code openapi.json} as a person wrote it, and ways to look into it. */
final class ApiDocument {

  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);
  private static final String REFERENCE = "$ref";

  private ApiDocument() {}

  /** All of it, for masters and nodes; the caller may change it. */
  static Map<String, Object> read(JsonMapper json) throws IOException {
    try (InputStream file = ApiDocument.class.getResourceAsStream("openapi.json")) {
      byte[] text = Objects.requireNonNull(file, "openapi.json").readAllBytes();
      return Objects.requireNonNull(json.readValue(text, OBJECT), "openapi.json");
    }
  }

  /** The object of that name; empty when there is none. */
  static Map<String, Object> child(Map<String, Object> parent, String name) {
    return map(parent.get(name));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The list of that name; empty when there is none. */
  static List<?> list(Map<String, Object> parent, String name) {
    return parent.get(name) instanceof List<?> list ? list : List.of();
  }

  /** The text of that name; empty when there is none. */
  static String text(Map<String, Object> parent, String name) {
    return Objects.toString(parent.get(name), "");
  }

  /** What a reference within the document leads to; itself when it is none. */
  static Map<String, Object> resolved(Map<String, Object> document, Map<String, Object> value) {
    if (!(value.get(REFERENCE) instanceof String path)) {
      return value;
    }
    Map<String, Object> found = document;
    for (String name : List.of(path.substring("#/".length()).split("/", -1))) {
      found = child(found, name);
    }
    return found;
  }
}
