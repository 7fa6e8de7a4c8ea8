package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a server said, read without trust in its shape. */
final class Fields {

  private Fields() {}

  static Map<?, ?> object(@Nullable Object data) {
    return data instanceof Map<?, ?> map ? map : Map.of();
  }

  /** The objects of a list. */
  static List<Map<?, ?>> objects(@Nullable Object list) {
    return list instanceof List<?> rows
        ? rows.stream().<Map<?, ?>>map(Fields::object).toList()
        : List.of();
  }

  /** A field as text; empty when it is not there. */
  static String text(Map<?, ?> row, String field) {
    return Objects.toString(row.get(field), "");
  }

  /** A list of texts, as one. */
  static String texts(@Nullable Object list) {
    return (list instanceof List<?> all ? all.stream() : Stream.<Object>empty())
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
