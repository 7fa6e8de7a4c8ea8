package io.pulzar.records;

/** Writes the flat XML of the original. */
final class Xml {

  private Xml() {}

  static void element(String name, String text, StringBuilder out) {
    String tag = isName(name) ? name : "field";
    out.append('<').append(tag).append('>');
    escape(text, out);
    out.append("</").append(tag).append('>');
  }

  /** Fields that processes add may have any name; XML can't. */
  private static boolean isName(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.-]*");
  }

  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
              }
            });
  }

  /** XML 1.0 has no way to write the others. */
  private static boolean isAllowed(int point) {
    boolean isCharacter =
        point >= ' ' && (point < 0xD800 || point > 0xDFFF) && point != 0xFFFE && point != 0xFFFF;
    return isCharacter || point == '\t' || point == '\n';
  }
}
