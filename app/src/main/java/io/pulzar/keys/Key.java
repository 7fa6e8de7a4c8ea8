package io.pulzar.keys;

import io.pulzar.http.ApiException;
import java.util.List;

/**
 * The name of a value: segments joined by slashes, as scripts and search see it, for example {@code
 * /reports/2026/july.txt}.
 *
 * <p>A segment holds ASCII letters, digits, space and {@code _ - . + ~ @ = , ( )}. It is not empty,
 * {@code .} or {@code ..}. All characters are ASCII, so lengths in characters and in bytes agree,
 * and the order of strings is the order of their bytes.
 *
 * @param path starts with a slash and does not end with one
 */
public record Key(String path) implements Comparable<Key> {

  /** Bytes of one segment. */
  public static final int LONGEST_SEGMENT = 255;

  /** Bytes of the whole key, with its leading slash. */
  public static final int LONGEST = 1024;

  private static final boolean[] ALLOWED = new boolean[128];

  static {
    String allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+~@=,() ";
    allowed.chars().forEach(character -> ALLOWED[character] = true);
  }

  /**
   * Checks the grammar.
   *
   * @throws ApiException 400 {@code illegal_key}, naming what is wrong
   */
  public Key {
    check(path);
  }

  /**
   * A key from the decoded segments of a URL.
   *
   * @throws ApiException 400 {@code illegal_key}
   */
  public static Key of(List<String> segments) {
    for (String segment : segments) {
      if (segment.indexOf('/') >= 0) {
        throw illegal("a segment cannot contain an encoded slash (%2F)");
      }
    }
    return new Key("/" + String.join("/", segments));
  }

  /**
   * A key as a person or a script writes it, with or without the leading slash.
   *
   * @throws ApiException 400 {@code illegal_key}
   */
  public static Key of(String path) {
    return new Key(path.startsWith("/") ? path : "/" + path);
  }

  /** Whether a text is the path of a key, for what was not written by a client of this request. */
  public static boolean isLegal(String path) {
    try {
      check(path);
      return true;
    } catch (ApiException illegal) {
      return false;
    }
  }

  /** The key as the path of a URL, with its leading slash. */
  public String encoded() {
    return path.replace(" ", "%20");
  }

  /** The last segment. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(Key other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }

  private static void check(String path) {
    if (!path.startsWith("/")) {
      throw illegal("it must start with a slash");
    }
    if (path.length() > LONGEST) {
      throw illegal("it is longer than " + LONGEST + " bytes");
    }
    int start = 1;
    for (int at = 1; at <= path.length(); at++) {
      if (at == path.length() || path.charAt(at) == '/') {
        checkSegment(path, start, at);
        start = at + 1;
      } else {
        checkCharacter(path.charAt(at));
      }
    }
  }

  private static void checkSegment(String path, int start, int end) {
    int length = end - start;
    if (length == 0) {
      throw illegal("it has an empty segment; write one slash between names and none at the end");
    }
    if (length > LONGEST_SEGMENT) {
      throw illegal("it has a segment longer than " + LONGEST_SEGMENT + " bytes");
    }
    if (length <= 2 && "..".startsWith(path.substring(start, end))) {
      throw illegal("'.' and '..' cannot be segments");
    }
  }

  private static void checkCharacter(char character) {
    if (character >= ALLOWED.length || !ALLOWED[character]) {
      String shown = character > ' ' && character < 127 ? "'" + character + "' " : "";
      throw illegal(
          "it contains %s(U+%04X); allowed are ASCII letters, digits, space and _ - . + ~ @ = , ( )"
              .formatted(shown, (int) character));
    }
  }

  private static ApiException illegal(String reason) {
    return ApiException.badRequest("illegal_key", "The key is not legal: " + reason);
  }
}
