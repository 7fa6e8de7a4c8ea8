package io.pulzar.http;

/**
 * The beginning of a text, for lists: what people wrote may be long, and a list has many of them.
 * The longer the list, the shorter each is, so that no answer is larger than a few megabytes.
 *
 * @param cut whether there is more
 */
public record Excerpt(String text, boolean cut) {

  private static final int LONGEST = 2 << 10;
  private static final int SHORTEST = 128;
  private static final int WHOLE_LIST = 4 << 20;

  /** How many bytes of UTF-8 one text of a list may have: 2 KiB, or less in a long one. */
  public static int bytes(int rows) {
    return Math.clamp(WHOLE_LIST / Math.max(1, rows), SHORTEST, LONGEST);
  }

  /** At most so many bytes of UTF-8, with no character taken apart. */
  public static Excerpt of(String text, int bytes) {
    if (text.length() <= bytes / 3) {
      return new Excerpt(text, false);
    }
    int left = bytes;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      left -= character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (left < 0) {
        return new Excerpt(text.substring(0, at), true);
      }
      at += Character.charCount(character);
    }
    return new Excerpt(text, false);
  }
}
