package io.pulzar.scripts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text that Python takes for a docstring: string literals one after the other at the
 * beginning of a statement that holds nothing else.
 */
final class PythonLiteral {

  /** What stands where a docstring would. */
  sealed interface Reading {

    /** A docstring, with its escapes resolved. */
    record Text(String text) implements Reading {}

    /** No docstring. */
    record None() implements Reading {}

    /** One that only Python itself can read. */
    record Unsure(String reason) implements Reading {}
  }

  private static final Pattern OPENING = Pattern.compile("([A-Za-z]{0,2})(\"\"\"|'''|\"|')");
  private static final String ENDS = "\n;#";

  private final String source;
  private final StringBuilder text = new StringBuilder();
  private int at;

  private PythonLiteral(String source, int at) {
    this.source = source;
    this.at = at;
  }

  /** Reads from where a statement begins. */
  static Reading at(String source, int start) {
    return new PythonLiteral(source, start).read();
  }

  private Reading read() {
    if (at < source.length() && source.charAt(at) == '(') {
      return new Reading.Unsure("it stands in brackets");
    }
    boolean any = false;
    Matcher opening = OPENING.matcher(source);
    while (opening.region(at, source.length()).lookingAt()) {
      String prefix = opening.group(1).toLowerCase(java.util.Locale.ROOT);
      if (prefix.contains("f") || prefix.contains("b") || prefix.contains("t")) {
        return new Reading.None();
      }
      Optional<String> problem = one(opening, prefix.contains("r"));
      if (problem.isPresent()) {
        return new Reading.Unsure(problem.get());
      }
      any = true;
      skipBlanks();
    }
    boolean alone = at >= source.length() || ENDS.indexOf(source.charAt(at)) >= 0;
    return any && alone ? new Reading.Text(text.toString()) : new Reading.None();
  }

  private void skipBlanks() {
    while (at < source.length()) {
      char next = source.charAt(at);
      if (next == ' ' || next == '\t' || next == '\f') {
        at++;
      } else if (source.startsWith("\\\n", at)) {
        at += 2;
      } else {
        return;
      }
    }
  }

  /** Takes one literal in; why that is impossible, or empty. */
  private Optional<String> one(Matcher opening, boolean raw) {
    String quotes = opening.group(2);
    at = opening.end();
    while (at < source.length()) {
      if (source.startsWith(quotes, at)) {
        at += quotes.length();
        return Optional.empty();
      }
      char next = source.charAt(at);
      if (next == '\n' && quotes.length() == 1) {
        return Optional.of("its line ends before it does");
      }
      if (next != '\\' || at + 1 == source.length()) {
        text.append(next);
        at++;
      } else if (raw) {
        text.append(source, at, at + 2);
        at += 2;
      } else if (!escape()) {
        return Optional.of("of the escape \\" + source.charAt(at + 1) + " in it");
      }
    }
    return Optional.of("it is never closed");
  }

  private boolean escape() {
    char kind = source.charAt(at + 1);
    int plain = "\\'\"abfnrtv\n".indexOf(kind);
    if (plain >= 0) {
      text.append(
          plain == "\\'\"abfnrtv".length() ? "" : "\\'\"\u0007\b\f\n\r\t\u000b".charAt(plain));
      at += 2;
      return true;
    }
    int digits =
        switch (kind) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    if (digits > 0) {
      return number(at + 2, digits);
    }
    if (kind == 'N' || Character.digit(kind, 8) >= 0) {
      return false;
    }
    text.append('\\').append(kind);
    at += 2;
    return true;
  }

  private boolean number(int from, int digits) {
    try {
      text.appendCodePoint(Integer.parseUnsignedInt(source.substring(from, from + digits), 16));
      at = from + digits;
      return true;
    } catch (IndexOutOfBoundsException | IllegalArgumentException malformed) {
      return false;
    }
  }
}
