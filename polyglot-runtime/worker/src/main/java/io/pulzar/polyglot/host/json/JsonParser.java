package io.pulzar.polyglot.host.json;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import io.pulzar.polyglot.host.marshal.MarshalWriter;
import java.math.BigInteger;
import java.util.Arrays;
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

  /** Numbers of no more digits are exact, and so is what is made of them and a power of ten. */
  private static final int EXACT_DIGITS = 15;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Ends with a zero, which no document has and every method stops at. */
  private final char[] text;

  private final MarshalWriter out;
  private final NameCache names = new NameCache();
  private char[] unescaped = new char[64];
  private int at;

  private JsonParser(String text) throws HostCallException {
    HeapRoom.require(3L * text.length());
    this.text = new char[text.length() + 1];
    text.getChars(0, text.length(), this.text, 0);
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
    switch (text[at]) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
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
    if (text[at] == '}') {
      at++;
    } else {
      do {
        skipSpace();
        if (text[at] != '"') {
          throw new GivenUp();
        }
        name();
        skipSpace();
        if (text[at] != ':') {
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
    if (text[at] == ']') {
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
    char next = text[at];
    if (next != ',' && next != end) {
      throw new GivenUp();
    }
    at++;
    return next == ',';
  }

  private void name() throws GivenUp, HostCallException {
    char[] letters = text;
    int start = at + 1;
    int end = start;
    int hash = 0;
    for (char c = letters[end]; isPlain(c); c = letters[end]) {
      hash = 31 * hash + c;
      end++;
    }
    if (letters[end] != '"') {
      string();
      return;
    }
    at = end + 1;
    names.write(letters, start, end, hash, out);
  }

  private void string() throws GivenUp, HostCallException {
    char[] letters = text;
    int start = at + 1;
    int end = start;
    while (isPlain(letters[end])) {
      end++;
    }
    if (letters[end] == '"') {
      out.ascii(letters, start, end);
      at = end + 1;
    } else {
      at = end;
      unusualString(start);
    }
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  /** A string with escapes, or letters beyond ASCII, of which all before here is plain. */
  private void unusualString(int start) throws GivenUp, HostCallException {
    int length = at - start;
    while (unescaped.length <= length) {
      unescaped = new char[2 * unescaped.length];
    }
    System.arraycopy(text, start, unescaped, 0, length);
    boolean pairs = false;
    boolean ascii = true;
    for (char c = text[at]; c != '"'; c = text[at]) {
      at++;
      if (c < ' ') {
        throw new GivenUp();
      }
      if (c == '\\') {
        c = escaped();
      }
      if (c >= 0x80) {
        ascii = false;
        pairs |= Character.isSurrogate(c);
      }
      if (length == unescaped.length) {
        unescaped = Arrays.copyOf(unescaped, 2 * length);
      }
      unescaped[length++] = c;
    }
    at++;
    if (ascii) {
      out.ascii(unescaped, 0, length);
    } else {
      if (pairs) {
        checkPairs(length);
      }
      out.unicode(unescaped, 0, length);
    }
  }

  private void checkPairs(int length) throws GivenUp {
    for (int i = 0; i < length; i++) {
      char c = unescaped[i];
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(unescaped[i + 1])) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new GivenUp();
      }
    }
  }

  private char escaped() throws GivenUp {
    char c = text[at++];
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
      char c = text[at];
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
    boolean negative = text[at] == '-';
    if (negative) {
      at++;
      if (text[at] == 'I') {
        literal("Infinity");
        out.real(Double.NEGATIVE_INFINITY);
        return;
      }
    }
    int wholeFrom = at;
    long digits = digits(0);
    int wholeDigits = at - wholeFrom;
    if (wholeDigits > 1 && text[wholeFrom] == '0') {
      throw new GivenUp();
    }
    int allDigits = wholeDigits;
    int exponent = 0;
    boolean real = false;
    if (text[at] == '.') {
      real = true;
      at++;
      int fractionFrom = at;
      digits = digits(digits);
      exponent = fractionFrom - at;
      allDigits += at - fractionFrom;
    }
    if ((text[at] | 0x20) == 'e') {
      real = true;
      // Rare, so that it is left to Java.
      allDigits = Integer.MAX_VALUE;
      at++;
      if (text[at] == '-' || text[at] == '+') {
        at++;
      }
      digits = digits(0);
    }
    if (real) {
      if (allDigits <= EXACT_DIGITS) {
        double value = digits / POWERS[-exponent];
        out.real(negative ? -value : value);
      } else {
        out.real(Double.parseDouble(new String(text, start, at - start)));
      }
    } else if (wholeDigits <= ALWAYS_FITS_A_LONG) {
      out.whole(negative ? -digits : digits);
    } else if (wholeDigits <= LONGEST_WHOLE) {
      out.whole(new BigInteger(new String(text, start, at - start)));
    } else {
      throw new GivenUp();
    }
  }

  /** Reads digits behind those that were read; of more than eighteen the number is of no use. */
  private long digits(long before) throws GivenUp {
    char[] letters = text;
    int from = at;
    int to = from;
    long number = before;
    for (int digit = letters[to] - '0'; digit >= 0 && digit <= 9; digit = letters[to] - '0') {
      number = 10 * number + digit;
      to++;
    }
    if (to == from) {
      throw new GivenUp();
    }
    at = to;
    return number;
  }

  private void literal(String word) throws GivenUp {
    for (int i = 0; i < word.length(); i++) {
      if (text[at] != word.charAt(i)) {
        throw new GivenUp();
      }
      at++;
    }
  }

  private void skipSpace() {
    for (char c = text[at]; c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = text[at]) {
      at++;
    }
  }
}
