package io.pulzar.polyglot.pool;

import java.util.HexFormat;
import java.util.Map;

/** Writes and reads texts of JSON: RFC 8259, section 7. */
final class JsonText {

  private JsonText() {}

  /** An object of texts; an empty text when there are none. */
  static String object(Map<String, String> texts) {
    if (texts.isEmpty()) {
      return "";
    }
    StringBuilder json = new StringBuilder();
    texts.forEach(
        (name, text) -> {
          json.append(json.isEmpty() ? '{' : ',');
          appendQuoted(json, name);
          json.append(':');
          appendQuoted(json, text);
        });
    return json.append('}').toString();
  }

  static void appendQuoted(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /** Where the text ends that begins behind the quotation mark before {@code from}. */
  static int end(String json, int from) {
    int at = from;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, json.length());
  }

  /** What stands between the quotation marks means. */
  static String unescaped(String inside) {
    if (inside.indexOf('\\') < 0) {
      return inside;
    }
    StringBuilder text = new StringBuilder(inside.length());
    int at = 0;
    while (at < inside.length()) {
      char c = inside.charAt(at++);
      if (c != '\\' || at == inside.length()) {
        text.append(c);
        continue;
      }
      char escaped = inside.charAt(at++);
      if (escaped == 'u' && isHexadecimal(inside, at)) {
        text.append((char) HexFormat.fromHexDigits(inside, at, at + 4));
        at += 4;
      } else {
        text.append(
            switch (escaped) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'b' -> '\b';
              case 'f' -> '\f';
              default -> escaped;
            });
      }
    }
    return text.toString();
  }

  private static boolean isHexadecimal(String text, int from) {
    return from + 4 <= text.length()
        && text.substring(from, from + 4).chars().allMatch(HexFormat::isHexDigit);
  }
}
