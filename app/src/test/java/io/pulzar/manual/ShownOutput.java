package io.pulzar.manual;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether what a command printed is what the manual shows. */
final class ShownOutput {

  /** What differs from one time to the next, and what may stand in its place. */
  private static final Pattern CHANGING =
      Pattern.compile(
          """
          (?x) (?<anything> …)
          | (?<time> \\d{4}-\\d\\d-\\d\\d (?: [T\\ ] \\d\\d:\\d\\d (?: :\\d\\d (?: \\.\\d+ )? )? (?: Z | [+-]\\d\\d:\\d\\d )? )? )
          | (?<number> (?: (?<= "job_id":) | (?<= "job":") | (?<= id\\ ) | (?<= [Jj]ob\\ ) | (?<= schedule\\ ) | (?<= run\\ ) | (?<= regular/) ) \\d+ )
          | (?<duration> \\d+ (?: \\.\\d+ )? \\ ? m?s \\b )
          | (?<long> \\d{9,} (?: \\.\\d+ )? )
          | (?<space> \\ {2,} )
          """);

  private ShownOutput() {}

  /**
   * @param shown lines of the manual
   * @param printed all that came
   */
  static boolean matches(List<String> shown, String printed) {
    String expected =
        shown.stream().map(ShownOutput::pattern).collect(Collectors.joining("\\s*\\n"));
    return Pattern.compile(expected, Pattern.DOTALL).matcher(printed.strip()).matches();
  }

  private static String pattern(String line) {
    StringBuilder pattern = new StringBuilder();
    Matcher changing = CHANGING.matcher(line.stripTrailing());
    int from = 0;
    while (changing.find()) {
      pattern.append(literal(line.substring(from, changing.start()))).append(any(changing));
      from = changing.end();
    }
    return pattern.append(literal(line.stripTrailing().substring(from))).toString();
  }

  private static String literal(String text) {
    return text.isEmpty() ? "" : Pattern.quote(text);
  }

  private static String any(MatchResult changing) {
    if (changing.group("anything") != null) {
      return ".*";
    }
    if (changing.group("time") != null) {
      return "\\d{4}-\\d\\d-\\d\\d[0-9:.TZ +-]*";
    }
    if (changing.group("space") != null) {
      return " +";
    }
    return changing.group("duration") != null ? "[0-9.]+ ?m?s" : "[0-9.]+";
  }
}
