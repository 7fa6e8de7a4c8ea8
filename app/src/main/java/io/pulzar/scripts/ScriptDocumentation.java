package io.pulzar.scripts;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.SizeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the docstring of a script's {@code execute} says: lines like {@code Timeout: 30s}, in any
 * order and case. A value may go on over the following lines.
 *
 * @param wishes limits that the script wants for itself
 * @param problems lines that could not be understood, each as a sentence for the author
 */
public record ScriptDocumentation(
    String description,
    String arguments,
    String category,
    String author,
    Wishes wishes,
    List<String> problems) {

  /**
   * Limits and rules for one script; what is absent comes from the settings.
   *
   * @param node name or label of the nodes that may run it
   * @param runtime which Python runs it
   */
  public record Wishes(
      Optional<Duration> timeout,
      Optional<Long> memoryBytes,
      Optional<Integer> retries,
      Optional<Boolean> network,
      Optional<Isolation> isolation,
      Optional<String> node,
      Optional<ScriptRuntime> runtime) {}

  private static final int MOST_RETRIES = 100;
  private static final Pattern LINE = Pattern.compile("\\s*(\\w+)\\s*:(?!:)\\s*(.*?)\\s*");
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Set<String> KNOWN =
      Set.of(
          "description",
          "arguments",
          "category",
          "author",
          "timeout",
          "memory",
          "retries",
          "network",
          "isolation",
          "node",
          "runtime");

  public static final ScriptDocumentation NONE = parse("");

  static ScriptDocumentation parse(String docstring) {
    Map<String, String> lines = lines(docstring);
    List<String> problems = new ArrayList<>();
    Wishes wishes =
        new Wishes(
            wish(lines, "timeout", ScriptDocumentation::positiveDuration, problems),
            wish(lines, "memory", SizeText::parse, problems),
            wish(lines, "retries", ScriptDocumentation::retries, problems),
            wish(lines, "network", ScriptDocumentation::onOrOff, problems),
            wish(lines, "isolation", ScriptDocumentation::isolation, problems),
            wish(lines, "node", ScriptDocumentation::node, problems),
            wish(lines, "runtime", ScriptDocumentation::runtime, problems));
    return new ScriptDocumentation(
        lines.getOrDefault("description", ""),
        lines.getOrDefault("arguments", ""),
        lines.getOrDefault("category", "").toUpperCase(Locale.ROOT),
        lines.getOrDefault("author", ""),
        wishes,
        List.copyOf(problems));
  }

  private static Map<String, String> lines(String docstring) {
    Map<String, String> lines = new HashMap<>();
    String current = "";
    for (String line : docstring.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      String name = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
      if (KNOWN.contains(name)) {
        current = name;
        lines.putIfAbsent(name, matcher.group(2));
      } else if (line.isBlank()) {
        current = "";
      } else if (!current.isEmpty()) {
        lines.merge(current, line.strip(), (value, more) -> (value + " " + more).strip());
      }
    }
    return lines;
  }

  private static <T> Optional<T> wish(
      Map<String, String> lines, String name, Function<String, T> reader, List<String> problems) {
    String text = lines.getOrDefault(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add("the docstring's " + name + " is ignored: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Duration positiveDuration(String text) {
    Duration duration = DurationText.parse(text);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("it must be longer than nothing, got " + text);
    }
    return duration;
  }

  private static int retries(String text) {
    if (text.matches("\\d{1,3}") && Integer.parseInt(text) <= MOST_RETRIES) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a whole number from 0 to " + MOST_RETRIES);
  }

  private static String node(String text) {
    if (NODE.matcher(text).matches()) {
      return text;
    }
    throw new IllegalArgumentException("'" + text + "' is neither a node's name nor a label");
  }

  private static boolean onOrOff(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither on nor off");
    };
  }

  private static ScriptRuntime runtime(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "graalpy" -> ScriptRuntime.GRAALPY;
      case "cpython" -> ScriptRuntime.CPYTHON;
      case "python2" ->
          throw new IllegalArgumentException(
              "Python 2 can't be run yet; graalpy and cpython run Python 3");
      default ->
          throw new IllegalArgumentException("'" + text + "' is neither graalpy nor cpython");
    };
  }

  private static Isolation isolation(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "clean" -> Isolation.CLEAN;
      case "fresh" -> Isolation.FRESH;
      case "warm" -> Isolation.WARM;
      default ->
          throw new IllegalArgumentException("'" + text + "' is not one of clean, fresh, warm");
    };
  }
}
