package io.pulzar.records;

import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as Python's {@code json.dumps} does by default, byte for byte: {@code ", "} and
 * {@code ": "} between things, and ASCII only. Clients of the originals compare lengths.
 */
final class PythonJson {

  private static final HexFormat HEX = HexFormat.of();

  private PythonJson() {}

  static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case CharSequence text -> text(text, out);
      case Literal literal -> out.append(literal.text());
      case Map<?, ?> map -> map(map, out);
      case Collection<?> list -> list(list, out);
      default -> out.append(value);
    }
  }

  /** A number that is written as it stands. */
  record Literal(String text) {}

  private static void map(Map<?, ?> map, StringBuilder out) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      text(String.valueOf(entry.getKey()), out);
      out.append(": ");
      write(entry.getValue(), out);
      out.append(entries.hasNext() ? ", " : "");
    }
    out.append('}');
  }

  private static void list(Collection<?> list, StringBuilder out) {
    out.append('[');
    Iterator<?> values = list.iterator();
    while (values.hasNext()) {
      write(values.next(), out);
      out.append(values.hasNext() ? ", " : "");
    }
    out.append(']');
  }

  private static void text(CharSequence text, StringBuilder out) {
    out.append('"');
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      switch (character) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (character < ' ' || character > '~') {
            out.append("\\u").append(HEX.toHexDigits(character));
          } else {
            out.append(character);
          }
        }
      }
    }
    out.append('"');
  }
}
