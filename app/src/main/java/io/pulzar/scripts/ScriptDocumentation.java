package io.pulzar.scripts;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.SizeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the docstring of a script's {@code execute} says: lines like {@code Timeout: 30s}, in any
 * order and case. A line ends where it ends, and lines of other names are none of our business;
 * only an object behind {@code Arguments:} may go on until it is closed.
 *
 * @param wishes limits that the script wants for itself
 * @param declared the lines of these limits as they stand there, by name in lower case
 * @param parameters what it says of the parameters' types
 * @param problems why the script must not run: lines that make no sense, each as a sentence for the
 *     author
 */
public record ScriptDocumentation(
    String description,
    String arguments,
    String category,
    String author,
    Wishes wishes,
    Map<String, String> declared,
    Signature parameters,
    List<String> problems) {

  /**
   * Limits and rules for one script; what is absent comes from the settings.
   *
   * @param node name or label of the nodes that may run it
   * @param runtime which Python runs it
   * @param secrets names of those that it gets
   * @param notifies who is told when it fails and when it works again
   */
  public record Wishes(
      Optional<Duration> timeout,
      Optional<Long> memoryBytes,
      Optional<Integer> retries,
      Optional<Boolean> network,
      Optional<Isolation> isolation,
      Optional<String> node,
      Optional<ScriptRuntime> runtime,
      List<String> secrets,
      NotifyLine notifies) {}

  private static final int MOST_RETRIES = 100;

  /** Workers count in these; less would be no time at all. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** The worker reads lines by the same rule, in {@code _pulzar/limits.py}. */
  private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z]+)\\s*:(?!:)\\s*(.*?)\\s*");

  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern SECRET = Pattern.compile("[A-Z_][A-Z0-9_]{0,127}");
  private static final int MOST_SECRETS = 64;
  private static final String ARGUMENTS = "arguments";

  /** Lines that say what a run may do. What the worker finds of these must be known here. */
  private static final Set<String> LIMITS =
      Set.of(
          "timeout",
          "memory",
          "retries",
          "network",
          "isolation",
          "node",
          "runtime",
          "secrets",
          "notify");

  private static final Set<String> WORDS = Set.of("description", ARGUMENTS, "category", "author");

  public static final ScriptDocumentation NONE = parse("");

  /** What the text of a script says, which need not be in a file. */
  public static ScriptDocumentation of(String path, String source) {
    return ScriptReader.read(path, source).documentation();
  }

  static ScriptDocumentation parse(String docstring) {
    Map<String, String> lines = lines(docstring);
    List<String> problems = new ArrayList<>();
    Wishes wishes =
        new Wishes(
            wish(lines, "timeout", ScriptDocumentation::positiveDuration, problems),
            wish(lines, "memory", ScriptDocumentation::positiveSize, problems),
            wish(lines, "retries", ScriptDocumentation::retries, problems),
            wish(lines, "network", ScriptDocumentation::onOrOff, problems),
            wish(lines, "isolation", ScriptDocumentation::isolation, problems),
            wish(lines, "node", ScriptDocumentation::node, problems),
            wish(lines, "runtime", ScriptDocumentation::runtime, problems),
            wish(lines, "secrets", ScriptDocumentation::secrets, problems).orElse(List.of()),
            NotifyLine.parse(lines.getOrDefault("notify", "")));
    return new ScriptDocumentation(
        lines.getOrDefault("description", ""),
        lines.getOrDefault("arguments", ""),
        lines.getOrDefault("category", "").toUpperCase(Locale.ROOT),
        lines.getOrDefault("author", ""),
        wishes,
        declared(lines),
        Signature.ofArguments(lines.getOrDefault(ARGUMENTS, "")),
        List.copyOf(problems));
  }

  private static Map<String, String> declared(Map<String, String> lines) {
    Map<String, String> declared = new TreeMap<>();
    lines.forEach(
        (name, text) -> {
          if (LIMITS.contains(name) && !text.isEmpty()) {
            declared.put(name, text);
          }
        });
    return Collections.unmodifiableMap(declared);
  }

  private static Map<String, String> lines(String docstring) {
    Map<String, String> lines = new HashMap<>();
    boolean open = false;
    for (String line : docstring.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      String name = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
      if (LIMITS.contains(name) || WORDS.contains(name)) {
        boolean first = lines.putIfAbsent(name, matcher.group(2)) == null;
        open = first && name.equals(ARGUMENTS) && isOpen(matcher.group(2));
      } else if (open) {
        String whole = lines.merge(ARGUMENTS, line.strip(), (text, more) -> text + " " + more);
        open = isOpen(whole);
      }
    }
    return lines;
  }

  private static boolean isOpen(String object) {
    return object.chars().filter(next -> next == '{').count()
        > object.chars().filter(next -> next == '}').count();
  }

  private static <T> Optional<T> wish(
      Map<String, String> lines, String name, Function<String, T> reader, List<String> problems) {
    String text = lines.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("nothing stands behind it");
      }
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add("the docstring's " + name + " makes no sense: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Duration positiveDuration(String text) {
    Duration duration = DurationText.parse(text);
    if (duration.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "it must be " + DurationText.format(SHORTEST) + " or longer, got " + text);
    }
    return duration;
  }

  private static long positiveSize(String text) {
    long size = SizeText.parse(text);
    if (size <= 0) {
      throw new IllegalArgumentException("it must be more than nothing, got " + text);
    }
    return size;
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

  private static List<String> secrets(String text) {
    List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
    for (String name : names) {
      if (!SECRET.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'" + name + "' is not the name of a secret: it has A-Z, 0-9 and _ only");
      }
    }
    if (names.size() > MOST_SECRETS) {
      throw new IllegalArgumentException("more than " + MOST_SECRETS + " names");
    }
    return names;
  }

  /** The parameters that {@code Arguments:} marks secret. */
  public Set<String> secretParameters() {
    return Signature.secretsOf(arguments);
  }

  private static boolean onOrOff(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither on nor off");
    };
  }

  private static ScriptRuntime runtime(String text) {
    return RuntimeChoice.named(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is not one of " + RuntimeChoice.names()));
  }

  /** The same script where something else than its docstring says what runs it. */
  ScriptDocumentation unlessItSays(ScriptRuntime runtime) {
    return wishes.runtime().isPresent() || declared.containsKey("runtime")
        ? this
        : new ScriptDocumentation(
            description,
            arguments,
            category,
            author,
            new Wishes(
                wishes.timeout(),
                wishes.memoryBytes(),
                wishes.retries(),
                wishes.network(),
                wishes.isolation(),
                wishes.node(),
                Optional.of(runtime),
                wishes.secrets(),
                wishes.notifies()),
            declared,
            parameters,
            problems);
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
