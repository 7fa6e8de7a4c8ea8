package io.pulzar.rights;

import java.util.List;

/**
 * Names scripts by their folders, or keys by their prefix: {@code *} stands for one segment, {@code
 * **} as the last segment for all below, as in {@code finance/**}. The slash at the start of a key
 * does not count.
 */
public record PathPattern(String text) {

  /** Everything. */
  public static final PathPattern ALL = new PathPattern("**");

  /** As many as a key or the path of a script. */
  private static final int LONGEST = 1_024;

  private static final String REST = "**";
  private static final String ANY = "*";

  /**
   * @throws IllegalArgumentException with a sentence about the text
   */
  public PathPattern {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a pattern has at most " + LONGEST + " characters, got " + text.length());
    }
    List<String> segments = segments(text);
    if (segments.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "'" + text + "' has an empty segment: write it like finance/**");
    }
    if (segments.subList(0, segments.size() - 1).contains(REST)) {
      throw new IllegalArgumentException("'" + text + "' may have ** at its end only");
    }
    if (segments.stream().anyMatch(PathPattern::mixed) || text.chars().anyMatch(PathPattern::bad)) {
      throw new IllegalArgumentException(
          "'" + text + "' may have * for a whole segment only, and no comma, blank or equals sign");
    }
  }

  /** Whether it covers a script's or key's path. */
  public boolean covers(String path) {
    List<String> wanted = segments(text);
    List<String> given = segments(path);
    for (int at = 0; at < wanted.size(); at++) {
      String segment = wanted.get(at);
      if (segment.equals(REST)) {
        return given.size() > at;
      }
      if (at >= given.size() || !(segment.equals(ANY) || segment.equals(given.get(at)))) {
        return false;
      }
    }
    return given.size() == wanted.size();
  }

  private static boolean mixed(String segment) {
    return segment.contains(ANY) && !segment.equals(ANY) && !segment.equals(REST);
  }

  private static boolean bad(int character) {
    return character == ',' || character == '=' || character <= ' ';
  }

  private static List<String> segments(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  @Override
  public String toString() {
    return text;
  }
}
