package io.pulzar.polyglot.host.xml;

import io.pulzar.polyglot.host.xml.ElementParser.GivenUp;

/** What single characters may be in XML 1.0; names are those that the parser in Python takes. */
final class Letters {

  private static final int HEXADECIMAL = 16;
  private static final int DECIMAL = 10;
  private static final int MOST_DIGITS = 8;

  private static final int LATIN = 0x80;
  private static final byte BEGINS = 1;
  private static final byte INSIDE = 2;

  /** For each letter below {@link #LATIN}: whether it begins a name, stands in one, or neither. */
  private static final byte[] KINDS = kinds();

  private Letters() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[LATIN];
    for (char letter = 0; letter < LATIN; letter++) {
      if (isLatin(letter) || letter == '_' || letter == ':') {
        kinds[letter] = BEGINS;
      } else if (isIn(letter, '0', '9') || letter == '-' || letter == '.') {
        kinds[letter] = INSIDE;
      }
    }
    return kinds;
  }

  /** Gives up on a document that has a character which may not be. */
  static void check(char[] letters, int length) throws GivenUp {
    for (int i = 0; i < length; i++) {
      char letter = letters[i];
      if (letter < ' ') {
        ElementParser.require(isSpace(letter));
      } else if (letter >= Character.MIN_SURROGATE) {
        if (Character.isSurrogate(letter)) {
          ElementParser.require(
              Character.isHighSurrogate(letter)
                  && i + 1 < length
                  && Character.isLowSurrogate(letters[i + 1]));
          i++;
        } else {
          ElementParser.require(letter < 0xFFFE);
        }
      }
    }
  }

  static boolean isSpace(char letter) {
    return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
  }

  /** Whether a value of an attribute with it is other than it is written. */
  static boolean isSpecialInValue(char letter) {
    return letter == '&' || letter == '<' || letter == '\n' || letter == '\t' || letter == '\r';
  }

  static boolean beginsName(char letter) {
    return letter < LATIN ? (KINDS[letter] & BEGINS) != 0 : beginsNameBeyondLatin(letter);
  }

  private static boolean beginsNameBeyondLatin(char letter) {
    return isIn(letter, 0xC0, 0xD6)
        || isIn(letter, 0xD8, 0xF6)
        || isIn(letter, 0xF8, 0x2FF)
        || isIn(letter, 0x370, 0x37D)
        || isIn(letter, 0x37F, 0x1FFF)
        || isIn(letter, 0x200C, 0x200D)
        || isIn(letter, 0x2070, 0x218F)
        || isIn(letter, 0x2C00, 0x2FEF)
        || isIn(letter, 0x3001, 0xD7FF)
        || isIn(letter, 0xF900, 0xFDCF)
        || isIn(letter, 0xFDF0, 0xFFFD);
  }

  static boolean isInName(char letter) {
    return letter < LATIN
        ? KINDS[letter] != 0
        : beginsNameBeyondLatin(letter)
            || letter == 0xB7
            || isIn(letter, 0x300, 0x36F)
            || isIn(letter, 0x203F, 0x2040);
  }

  /** The character of {@code #65} or {@code #x41}. */
  static int ofReference(String name) throws GivenUp {
    boolean hexadecimal = name.startsWith("#x");
    String digits = name.substring(Math.min(name.length(), hexadecimal ? 2 : 1));
    ElementParser.require(
        name.startsWith("#")
            && !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(digit -> isDigit((char) digit, hexadecimal)));
    int code = Integer.parseUnsignedInt(digits, hexadecimal ? HEXADECIMAL : DECIMAL);
    ElementParser.require(code > 0 && code <= Character.MAX_CODE_POINT);
    char[] letters = Character.toChars(code);
    check(letters, letters.length);
    return code;
  }

  /** Appends a part of the document, in which each kind of line end becomes a newline. */
  static void appendWithPlainLineEnds(String document, int begin, int end, StringBuilder to) {
    int from = begin;
    int carriage = document.indexOf('\r', from, end);
    while (carriage >= 0) {
      to.append(document, from, carriage).append('\n');
      from = carriage + 1;
      if (from < end && document.charAt(from) == '\n') {
        from++;
      }
      carriage = document.indexOf('\r', from, end);
    }
    to.append(document, from, end);
  }

  private static boolean isLatin(char letter) {
    return isIn(letter, 'a', 'z') || isIn(letter, 'A', 'Z');
  }

  private static boolean isDigit(char letter, boolean hexadecimal) {
    return isIn(letter, '0', '9')
        || (hexadecimal && (isIn(letter, 'a', 'f') || isIn(letter, 'A', 'F')));
  }

  private static boolean isIn(char letter, int first, int last) {
    return letter >= first && letter <= last;
  }
}
