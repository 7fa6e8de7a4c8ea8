package io.pulzar.scripts;

import io.micronaut.json.tree.JsonNode;
import io.pulzar.scripts.ScriptParameter.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What parameters a script takes.
 *
 * @param parameters those that it names
 * @param open whether it takes others too
 */
public record Signature(List<ScriptParameter> parameters, boolean open) {

  /** Nothing is known, and nothing refused. */
  public static final Signature ANY = new Signature(List.of(), true);

  /** What the platform reads itself, and a function need not know. */
  private static final String DATA = "pulzar_data";

  private static final Pattern SECRET = Pattern.compile("^\\s*secret\\b[\\s,]*");

  /** Whatever stands behind the word: what is not recognized would be stored for all to read. */
  private static final Pattern SECRET_ARGUMENT =
      Pattern.compile("[\"'](\\w+)[\"']\\s*:\\s*[\"']\\s*secret\\b");

  private static final Pattern ARGUMENT =
      Pattern.compile("[\"'](\\w+)[\"']\\s*:\\s*[\"']([\\w.\\[\\], ]+)[\"']");

  /** Reads what stands between the brackets of {@code def main(name: str, times: int = 2)}. */
  static Signature parse(String between) {
    List<ScriptParameter> parameters = new ArrayList<>();
    boolean open = false;
    for (String part : parts(between, ',')) {
      String text = part.strip();
      if (text.startsWith("**")) {
        open = true;
      } else if (!text.isEmpty() && !text.startsWith("*") && !text.equals("/")) {
        parameters.add(parameter(text));
      }
    }
    return new Signature(List.copyOf(parameters), open);
  }

  /** The names whose type begins with {@code secret} in the docstring's {@code Arguments:}. */
  static Set<String> secretsOf(String line) {
    Set<String> names = new HashSet<>();
    Matcher matcher = SECRET_ARGUMENT.matcher(line);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return Set.copyOf(names);
  }

  /** What is a secret is a text, where nothing else is said: {@code secret}, {@code secret int}. */
  private static String withoutSecret(String type) {
    String rest = SECRET.matcher(type).replaceFirst("");
    return rest.isEmpty() ? "str" : rest;
  }

  /**
   * Reads the docstring's {@code Arguments: {"text": "str"}}: types, but not what must be there.
   */
  static Signature ofArguments(String line) {
    List<ScriptParameter> parameters = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(line);
    while (matcher.find()) {
      Kind kind = Kind.of(withoutSecret(matcher.group(2)));
      if (kind != Kind.OTHER) {
        parameters.add(new ScriptParameter(matcher.group(1), kind, true, false));
      }
    }
    return parameters.isEmpty() ? ANY : new Signature(List.copyOf(parameters), true);
  }

  /** Whether there is something to check at all. */
  public boolean isAny() {
    return parameters.isEmpty() && open;
  }

  /**
   * What is wrong with a request's parameters: a sentence for each.
   *
   * @param secrets those whose values no sentence may show
   */
  public List<String> problems(JsonNode given, Set<String> secrets) {
    List<String> problems = new ArrayList<>();
    for (ScriptParameter parameter : parameters) {
      Optional<JsonNode> value = Optional.ofNullable(given.get(parameter.name()));
      if (value.isPresent()) {
        (secrets.contains(parameter.name())
                ? parameter.problemUnseen(value.get())
                : parameter.problem(value.get()))
            .ifPresent(problems::add);
      } else if (parameter.required()) {
        problems.add(parameter.name() + " is missing");
      }
    }
    if (!open) {
      given
          .entries()
          .forEach(
              entry -> {
                if (!names(entry.getKey()) && !entry.getKey().equals(DATA)) {
                  problems.add(entry.getKey() + " is not one of its parameters");
                }
              });
    }
    return problems;
  }

  private boolean names(String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  private static ScriptParameter parameter(String text) {
    List<String> sides = parts(text, '=');
    List<String> named = parts(sides.getFirst(), ':');
    String annotation = named.size() < 2 ? "" : unquoted(named.get(1).strip());
    boolean nullable = annotation.contains("Optional[");
    if (nullable) {
      annotation = annotation.substring(annotation.indexOf('[') + 1);
    }
    List<String> kinds = new ArrayList<>();
    for (String kind : parts(annotation, '|')) {
      if (kind.strip().equals("None")) {
        nullable = true;
      } else {
        kinds.add(kind.strip());
      }
    }
    Kind kind = kinds.size() == 1 ? Kind.of(kinds.getFirst()) : Kind.OTHER;
    return new ScriptParameter(
        named.getFirst().strip(), kind, nullable || kind == Kind.OTHER, sides.size() < 2);
  }

  private static String unquoted(String annotation) {
    return annotation.replaceAll("^[\"']|[\"']$", "");
  }

  /** Splits where a character stands outside of brackets, strings and comments. */
  private static List<String> parts(String text, char at) {
    return new PythonStatements(text).split(at);
  }
}
