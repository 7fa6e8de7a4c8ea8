package io.pulzar.polyglot.host.json;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One document, from text to the marshal format, in one pass.
 *
 * <p>The grammar is that of {@code Lib/json/scanner.py} and {@code decoder.py}: RFC 8259, and
 * {@code NaN}, {@code Infinity} and {@code -Infinity}. Given up, so that Python looks at it:
 * anything that is no such document, what is nested deeper than marshal reads, numbers of more
 * digits than {@code int()} takes, and half a surrogate pair, which marshal's UTF-8 has no room
 * for.
 */
final class JsonParser {

  /** The runtime's marshal stops at 200. */
  private static final int DEEPEST = 150;

  /** {@code sys.get_int_max_str_digits()}. */
  private static final int LONGEST_WHOLE = 4300;

  private static final int ALWAYS_FITS_A_LONG = 18;

  /** Thrown without a stack trace, and caught in {@link #parse}. */
  private static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;

    GivenUp() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private final MarshalWriter out;
  private int at;

  private JsonParser(String text) {
    this.text = text;
    this.out = new MarshalWriter(text.length());
  }

  static byte @Nullable [] parse(String text) throws HostCallException {
    JsonParser parser = new JsonParser(text);
    try {
      parser.skipSpace();
      parser.value(0);
      parser.skipSpace();
      return parser.at == text.length() ? parser.out.toBytes() : null;
    } catch (GivenUp unusual) {
      return null;
    }
  }

  private void value(int depth) throws GivenUp, HostCallException {
    if (depth > DEEPEST) {
      throw new GivenUp();
    }
    char first = peek();
    switch (first) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> out.text(string());
      case 't' -> {
        literal("true");
        out.bool(true);
      }
      case 'f' -> {
        literal("false");
        out.bool(false);
      }
      case 'n' -> {
        literal("null");
        out.none();
      }
      case 'N' -> {
        literal("NaN");
        out.real(Double.NaN);
      }
      case 'I' -> {
        literal("Infinity");
        out.real(Double.POSITIVE_INFINITY);
      }
      default -> number();
    }
  }

  private void object(int depth) throws GivenUp, HostCallException {
    at++;
    out.beginDict();
    skipSpace();
    if (peek() == '}') {
      at++;
    } else {
      do {
        skipSpace();
        if (peek() != '"') {
          throw new GivenUp();
        }
        out.name(string());
        skipSpace();
        if (peek() != ':') {
          throw new GivenUp();
        }
        at++;
        skipSpace();
        value(depth + 1);
        skipSpace();
      } while (separatedOrEnd('}'));
    }
    out.endDict();
  }

  private void array(int depth) throws GivenUp, HostCallException {
    int start = out.beginList();
    at++;
    int count = 0;
    skipSpace();
    if (peek() == ']') {
      at++;
    } else {
      do {
        skipSpace();
        value(depth + 1);
        count++;
        skipSpace();
      } while (separatedOrEnd(']'));
    }
    out.endList(start, count);
  }

  /** Whether a comma follows, and not the end. */
  private boolean separatedOrEnd(char end) throws GivenUp {
    char next = peek();
    at++;
    if (next != ',' && next != end) {
      throw new GivenUp();
    }
    return next == ',';
  }

  private String string() throws GivenUp {
    int start = ++at;
    while (true) {
      char c = peek();
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\' || Character.isSurrogate(c)) {
        return unusualString(start);
      }
      if (c < ' ') {
        throw new GivenUp();
      }
      at++;
    }
  }

  private String unusualString(int start) throws GivenUp {
    StringBuilder value = new StringBuilder().append(text, start, at);
    for (char c = peek(); c != '"'; c = peek()) {
      at++;
      if (c < ' ') {
        throw new GivenUp();
      }
      value.append(c == '\\' ? escaped() : c);
    }
    at++;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new GivenUp();
      }
    }
    return value.toString();
  }

  private char escaped() throws GivenUp {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw new GivenUp();
    };
  }

  private char hexadecimal() throws GivenUp {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new GivenUp();
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private void number() throws GivenUp, HostCallException {
    int start = at;
    if (peek() == '-') {
      at++;
      if (peek() == 'I') {
        literal("Infinity");
        out.real(Double.NEGATIVE_INFINITY);
        return;
      }
    }
    int wholeFrom = at;
    digits();
    int wholeDigits = at - wholeFrom;
    if (wholeDigits > 1 && text.charAt(wholeFrom) == '0') {
      throw new GivenUp();
    }
    boolean real = false;
    if (at < text.length() && text.charAt(at) == '.') {
      real = true;
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      real = true;
      at++;
      if (peek() == '-' || peek() == '+') {
        at++;
      }
      digits();
    }
    if (real) {
      out.real(Double.parseDouble(text.substring(start, at)));
    } else if (wholeDigits <= ALWAYS_FITS_A_LONG) {
      out.whole(Long.parseLong(text, start, at, 10));
    } else if (wholeDigits <= LONGEST_WHOLE) {
      out.whole(new BigInteger(text.substring(start, at)));
    } else {
      throw new GivenUp();
    }
  }

  private void digits() throws GivenUp {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw new GivenUp();
    }
  }

  private void literal(String word) throws GivenUp {
    if (!text.startsWith(word, at)) {
      throw new GivenUp();
    }
    at += word.length();
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private char peek() throws GivenUp {
    if (at >= text.length()) {
      throw new GivenUp();
    }
    return text.charAt(at);
  }
}
