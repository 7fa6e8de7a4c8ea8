package io.pulzar.scripts;

import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a script below the jobs directory. */
public final class ScriptPath {

  private static final int LONGEST = 512;
  private static final int DEEPEST = 16;
  private static final String EXTENSION = ".py";
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+");

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
    if (path.length() > LONGEST || segments.size() > DEEPEST) {
      throw refusal();
    }
    for (String segment : segments) {
      if (segment.contains("/")) {
        throw refusal();
      }
    }
    for (String name : path.split("/", -1)) {
      if (!NAME.matcher(name).matches()) {
        throw refusal();
      }
    }
    return path;
  }

  private static ApiException refusal() {
    return ApiException.badRequest(
        "bad_job_path",
        "a job's path consists of names of directories and a script, like a/b/script");
  }

  /** Whether a file or directory of this name can be, or hold, a script: no dots, no dunders. */
  static boolean isScriptName(String name) {
    return NAME.matcher(name).matches() && !(name.startsWith("__") && name.endsWith("__"));
  }

  /** The class that is named after a script, by the rule of Python's {@code str.capitalize()}. */
  public static String className(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int first = name.offsetByCodePoints(0, 1);
    return Normalizer.normalize(
        titled(name.substring(0, first)) + name.substring(first).toLowerCase(Locale.ROOT),
        Normalizer.Form.NFKC);
  }

  /** One letter as a title begins with it: {@code ß} is {@code Ss}. */
  private static String titled(String letter) {
    String upper = letter.toUpperCase(Locale.ROOT);
    return upper.codePointCount(0, upper.length()) > 1
        ? upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT)
        : Character.toString(Character.toTitleCase(letter.codePointAt(0)));
  }
}
