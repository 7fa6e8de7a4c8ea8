package io.pulzar.scripts;

import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a script below the jobs directory. */
public final class ScriptPath {

  private static final int LONGEST = 512;
  private static final int DEEPEST = 16;
  private static final String EXTENSION = ".py";
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]+");

  private ScriptPath() {}

  /**
   * Reads the path of a request, {@code example/factorial} or {@code example/factorial.py}.
   *
   * @param encoded still percent-encoded
   * @throws io.pulzar.http.ApiException 400 when it cannot be the name of a script
   */
  public static String parse(String encoded) {
    List<String> segments = RawPath.segments(encoded);
    String path = String.join("/", segments);
    if (path.endsWith(EXTENSION)) {
      path = path.substring(0, path.length() - EXTENSION.length());
    }
    if (path.length() > LONGEST) {
      throw refusal("it has %d characters, and may have %d".formatted(path.length(), LONGEST));
    }
    if (segments.size() > DEEPEST) {
      throw refusal("it has %d parts, and may have %d".formatted(segments.size(), DEEPEST));
    }
    int place = 0;
    for (String segment : segments) {
      String name = ++place == segments.size() ? withoutEnding(segment) : segment;
      if (name.isEmpty()) {
        throw refusal("part " + place + " is empty");
      }
      name.codePoints()
          .filter(character -> !NAME.matcher(Character.toString(character)).matches())
          .findFirst()
          .ifPresent(
              character -> {
                throw refusal("'%s' has %s".formatted(printable(segment), named(character)));
              });
    }
    return path;
  }

  private static String withoutEnding(String segment) {
    return segment.endsWith(EXTENSION)
        ? segment.substring(0, segment.length() - EXTENSION.length())
        : segment;
  }

  private static String named(int character) {
    return switch (character) {
      case ' ' -> "a blank";
      case '.' -> "a dot";
      case '/' -> "a slash";
      default ->
          "the character %s (U+%04X)"
              .formatted(printable(Character.toString(character)), character);
    };
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  private static ApiException refusal(String reason) {
    return ApiException.badRequest(
        "bad_job_path",
        "a job's path consists of names of directories and a script, like a/b/script, with letters,"
            + " digits, _ and - in them: "
            + reason);
  }

  /** Whether a file or directory of this name can be, or hold, a script: no dots, no dunders. */
  static boolean isScriptName(String name) {
    return NAME.matcher(name).matches() && !(name.startsWith("__") && name.endsWith("__"));
  }

  /** The class that a script must define, by the rule of Python's {@code str.capitalize()}. */
  public static String className(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int first = name.offsetByCodePoints(0, 1);
    return name.substring(0, first).toUpperCase(Locale.ROOT)
        + name.substring(first).toLowerCase(Locale.ROOT);
  }
}
