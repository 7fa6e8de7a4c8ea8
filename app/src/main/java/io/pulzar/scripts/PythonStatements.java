package io.pulzar.scripts;

import java.util.ArrayList;
import java.util.List;

/** Where the statements of a Python file begin that begin a line, and how far they are indented. */
final class PythonStatements {

  /**
   * A statement.
   *
   * @param indent in columns
   * @param start where its text begins
   */
  record Statement(int indent, int start) {}

  private static final int TAB = 8;

  private final String source;
  private final List<Statement> statements = new ArrayList<>();

  PythonStatements(String text) {
    String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
    source = plain.replace("\r\n", "\n").replace('\r', '\n');
    scan();
  }

  /** The text with Unix line ends, to which all positions belong. */
  String source() {
    return source;
  }

  List<Statement> all() {
    return statements;
  }

  /** Where the next statement that begins a line begins, or the text ends. */
  int end(Statement statement) {
    int next = statements.indexOf(statement) + 1;
    return next < statements.size() ? statements.get(next).start() : source.length();
  }

  /** Behind the bracket that closes the one at {@code at}, or the end of the text. */
  int closing(int at) {
    int brackets = 0;
    int next = at;
    while (next < source.length()) {
      brackets += bracket(source.charAt(next));
      next = behind(next);
      if (brackets == 0) {
        return next;
      }
    }
    return source.length();
  }

  /**
   * Where the statement begins that follows the colon of a header on the same line.
   *
   * @return -1 when nothing follows there
   */
  int behindHeader(int at) {
    int brackets = 0;
    int next = at;
    while (next < source.length() && (brackets > 0 || source.charAt(next) != '\n')) {
      char now = source.charAt(next);
      if (now == ':' && brackets == 0) {
        int text = firstText(next + 1);
        boolean none =
            text >= source.length() || source.charAt(text) == '\n' || source.charAt(text) == '#';
        return none ? -1 : text;
      }
      brackets += bracket(now);
      next = behind(next);
    }
    return -1;
  }

  /**
   * The text in parts, between the places where a character stands outside of brackets and strings.
   */
  List<String> split(char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int brackets = 0;
    for (int at = 0, next; at < source.length(); at = next) {
      char now = source.charAt(at);
      next = Math.min(behind(at), source.length());
      brackets += bracket(now);
      if (now == separator && brackets == 0) {
        parts.add(part.toString());
        part.setLength(0);
      } else if (now != '#') {
        part.append(source, at, next);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private void scan() {
    int brackets = 0;
    int at = 0;
    boolean lineStart = true;
    while (at < source.length()) {
      if (lineStart && brackets == 0) {
        int text = firstText(at);
        if (text < source.length() && source.charAt(text) != '\n' && source.charAt(text) != '#') {
          statements.add(new Statement(indent(at, text), text));
        }
        at = text;
        if (at >= source.length()) {
          return;
        }
      }
      char next = source.charAt(at);
      lineStart = next == '\n';
      brackets = Math.max(0, brackets + bracket(next));
      at = behind(at);
    }
  }

  private static int bracket(char next) {
    return switch (next) {
      case '(', '[', '{' -> 1;
      case ')', ']', '}' -> -1;
      default -> 0;
    };
  }

  /** Behind what begins at {@code at}: a comment, a string, an escaped character, or one. */
  private int behind(int at) {
    return switch (source.charAt(at)) {
      case '#' -> endOfLine(at);
      case '\'', '"' -> endOfString(at);
      case '\\' -> at + 2;
      default -> at + 1;
    };
  }

  private int firstText(int at) {
    int text = at;
    while (text < source.length() && isBlank(source.charAt(text))) {
      text++;
    }
    return text;
  }

  private int indent(int from, int to) {
    int columns = 0;
    for (int i = from; i < to; i++) {
      columns = source.charAt(i) == '\t' ? (columns / TAB + 1) * TAB : columns + 1;
    }
    return columns;
  }

  private int endOfLine(int at) {
    int end = source.indexOf('\n', at);
    return end < 0 ? source.length() : end;
  }

  /** Behind the string whose opening quote is at {@code at}; a plain one ends with its line. */
  private int endOfString(int at) {
    char quote = source.charAt(at);
    String triple = String.valueOf(quote).repeat(3);
    boolean isTriple = source.startsWith(triple, at);
    String closing = isTriple ? triple : triple.substring(2);
    for (int i = at + closing.length(); i < source.length(); i++) {
      char next = source.charAt(i);
      if (next == '\\') {
        i++;
      } else if (next == '\n' && !isTriple) {
        return i;
      } else if (source.startsWith(closing, i)) {
        return i + closing.length();
      }
    }
    return source.length();
  }

  private static boolean isBlank(char next) {
    return next == ' ' || next == '\t' || next == '\f';
  }
}
