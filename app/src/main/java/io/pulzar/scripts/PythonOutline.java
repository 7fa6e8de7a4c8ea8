package io.pulzar.scripts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outline of a Python file: where its statements begin and how far they are indented. Enough to
 * find a class, a method of it and that method's docstring, without running anything.
 *
 * <p>It tolerates what Python would refuse, such as a string or a bracket that is never closed:
 * what was found before that point is still found.
 */
final class PythonOutline {

  private record Statement(int indent, int start) {}

  private static final Pattern CLASS = Pattern.compile("class\\s+(\\w+)");
  private static final Pattern METHOD = Pattern.compile("(?:async\\s+)?def\\s+(\\w+)");
  private static final Pattern LITERAL = Pattern.compile("[rRuU]?(\"\"\"|'''|\"|')");
  private static final int TAB = 8;

  private final String source;
  private final List<Statement> statements = new ArrayList<>();

  PythonOutline(String source) {
    this.source = source.replace("\r\n", "\n").replace('\r', '\n');
    scan();
  }

  boolean hasClass(String name) {
    return findClass(name) >= 0;
  }

  /** The docstring of a method, without its quotes, as it stands in the file. */
  Optional<String> docstring(String className, String method) {
    int at = findClass(className);
    if (at < 0) {
      return Optional.empty();
    }
    for (int i = at + 1; i < statements.size() && statements.get(i).indent() > 0; i++) {
      if (nameMatches(METHOD, statements.get(i), method)) {
        return i + 1 < statements.size() && isInside(i + 1, i)
            ? literal(statements.get(i + 1).start())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private int findClass(String name) {
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i).indent() == 0 && nameMatches(CLASS, statements.get(i), name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isInside(int inner, int outer) {
    return statements.get(inner).indent() > statements.get(outer).indent();
  }

  private boolean nameMatches(Pattern form, Statement statement, String name) {
    Matcher matcher = form.matcher(source).region(statement.start(), source.length());
    return matcher.lookingAt() && matcher.group(1).equals(name);
  }

  private Optional<String> literal(int start) {
    Matcher matcher = LITERAL.matcher(source).region(start, source.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    int end = endOfString(matcher.start(1));
    int close = end - matcher.group(1).length();
    return Optional.of(source.substring(matcher.end(), Math.max(matcher.end(), close)));
  }

  /** Notes the start of each statement that begins a line. */
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
      }
      lineStart = false;
      if (at >= source.length()) {
        break;
      }
      char next = source.charAt(at);
      switch (next) {
        case '\n' -> {
          lineStart = true;
          at++;
        }
        case '#' -> at = endOfLine(at);
        case '\'', '"' -> at = endOfString(at);
        case '\\' -> at += 2;
        case '(', '[', '{' -> {
          brackets++;
          at++;
        }
        case ')', ']', '}' -> {
          brackets = Math.max(0, brackets - 1);
          at++;
        }
        default -> at++;
      }
    }
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
