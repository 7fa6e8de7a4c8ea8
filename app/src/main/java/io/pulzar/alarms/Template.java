package io.pulzar.alarms;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with names in braces, as {@code {script}}, in whose places values come. */
final class Template {

  /** What may stand in braces. */
  static final Set<String> NAMES =
      Set.copyOf(
          List.of(
              "title",
              "details",
              "link",
              "event",
              "of",
              "receiver",
              "script",
              "job",
              "schedule",
              "state",
              "error",
              "at",
              "since",
              "started",
              "duration",
              "node",
              "attempts",
              "count",
              "rule"));

  /** Braces around anything else, as JSON has them, stay as they are. */
  private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with a sentence that lists the names, when one is unknown
   */
  static Template parse(String text) {
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      if (!NAMES.contains(matcher.group(1))) {
        throw new IllegalArgumentException(
            "there is no {"
                + matcher.group(1)
                + "}; what may stand in braces is "
                + String.join(", ", new TreeSet<>(NAMES)));
      }
    }
    return new Template(text);
  }

  /**
   * Puts values in the places of their names.
   *
   * @param values by name; a name without one leaves nothing
   * @param written how a value is written where it stands
   */
  String fill(Map<String, String> values, UnaryOperator<String> written) {
    return NAME.matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(written.apply(values.getOrDefault(found.group(1), ""))));
  }

  @Override
  public String toString() {
    return text;
  }
}
