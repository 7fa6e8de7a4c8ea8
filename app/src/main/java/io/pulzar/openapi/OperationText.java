package io.pulzar.openapi;

import static io.pulzar.openapi.ApiDocument.child;
import static io.pulzar.openapi.ApiDocument.list;
import static io.pulzar.openapi.ApiDocument.map;
import static io.pulzar.openapi.ApiDocument.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** One operation of the API as Markdown: what is sent, what comes back, and who may. */
final class OperationText {

  /** What most answers are; it is told once, at the head of the page. */
  private static final String ENVELOPE = "#/components/schemas/Envelope";

  private static final String DESCRIPTION = "description";

  private final Map<String, Object> document;

  /**
   * @param document all of it, for what operations refer to
   */
  OperationText(Map<String, Object> document) {
    this.document = document;
  }

  String of(String method, String path, Map<String, Object> operation) {
    StringBuilder text = new StringBuilder();
    text.append("\n### `").append(method).append(' ').append(path).append("`\n\n");
    text.append(plain(text(operation, "summary"))).append(".\n\n");
    List<String> sent = sent(operation);
    if (!sent.isEmpty()) {
      text.append("| sent | in | what it is |\n|---|---|---|\n");
      sent.forEach(text::append);
      text.append('\n');
    }
    text.append("| answer | what it is |\n|---|---|\n");
    answers(operation)
        .forEach(
            (meaning, codes) ->
                text.append("| %s | %s |\n".formatted(String.join(", ", codes), meaning)));
    return text.append('\n').append(right(operation)).append(servers(operation)).toString();
  }

  private List<String> sent(Map<String, Object> operation) {
    List<String> rows = new ArrayList<>();
    for (Object one : list(operation, "parameters")) {
      Map<String, Object> parameter = map(one);
      rows.add(
          row(
              text(parameter, "name"),
              text(parameter, "in"),
              meaning(text(parameter, DESCRIPTION), child(parameter, "schema"))));
    }
    Map<String, Object> contents = child(child(operation, "requestBody"), "content");
    if (!contents.isEmpty()) {
      rows.add("| the body | | %s |\n".formatted(body(contents)));
    }
    contents
        .values()
        .forEach(
            content ->
                child(child(map(content), "schema"), "properties")
                    .forEach(
                        (name, schema) ->
                            rows.add(
                                row(
                                    name,
                                    "body",
                                    meaning(text(map(schema), DESCRIPTION), map(schema))))));
    return rows.stream().distinct().toList();
  }

  private static String body(Map<String, Object> contents) {
    return contents.values().stream()
        .map(content -> text(child(map(content), "schema"), DESCRIPTION))
        .filter(told -> !told.isEmpty())
        .findFirst()
        .map(told -> plain(told) + "; " + types(contents))
        .orElseGet(() -> types(contents));
  }

  private static String row(String name, String place, String meaning) {
    return "| `%s` | %s | %s |\n".formatted(name, place, meaning);
  }

  /** In words: what it is, and what its text must look like where that is more than a text. */
  private static String meaning(String description, Map<String, Object> schema) {
    List<String> parts = new ArrayList<>();
    if (!description.isEmpty()) {
      parts.add(plain(description));
    }
    List<?> choices = list(schema, "enum");
    if (!choices.isEmpty()) {
      parts.add(
          choices.stream()
              .map(choice -> "`" + choice + "`")
              .collect(Collectors.joining(", ", "one of ", "")));
    }
    switch (text(schema, "type")) {
      case "integer" -> parts.add("a whole number" + range(schema));
      case "number" -> parts.add("a number");
      case "boolean" -> parts.add("true or false");
      case "array" -> parts.add("a list");
      case "object" -> parts.add("an object");
      default -> {
        if (parts.isEmpty()) {
          parts.add("a text");
        }
      }
    }
    return String.join("; ", parts);
  }

  private static String range(Map<String, Object> schema) {
    String range = schema.containsKey("minimum") ? " from " + schema.get("minimum") : "";
    return schema.containsKey("maximum") ? range + " to " + schema.get("maximum") : range;
  }

  /** The status codes by what they mean, so that those that mean the same share a row. */
  private Map<String, List<String>> answers(Map<String, Object> operation) {
    Map<String, List<String>> codes = new LinkedHashMap<>();
    child(operation, "responses")
        .forEach(
            (code, response) -> {
              Map<String, Object> answer = ApiDocument.resolved(document, map(response));
              codes
                  .computeIfAbsent(answer(answer), _ -> new ArrayList<>())
                  .add(code.equals("default") ? "other" : code);
            });
    return codes;
  }

  private static String answer(Map<String, Object> answer) {
    Map<String, Object> contents = child(answer, "content");
    boolean isUsual =
        contents.values().stream()
            .allMatch(content -> text(child(map(content), "schema"), "$ref").equals(ENVELOPE));
    String told = plain(text(answer, DESCRIPTION));
    return contents.isEmpty() || isUsual ? told : told + "; " + types(contents);
  }

  private static String types(Map<String, Object> contents) {
    return contents.keySet().stream()
        .map(type -> type.equals("*/*") ? "any type" : "`" + type + "`")
        .collect(Collectors.joining(" or "));
  }

  private static String right(Map<String, Object> operation) {
    List<?> ways = list(operation, "security");
    if (ways.isEmpty()) {
      return "Open to everybody.";
    }
    List<?> rights = list(map(ways.getFirst()), "token");
    return rights.isEmpty()
        ? "For whoever is signed in."
        : "Needs the right `%s`.".formatted(rights.getFirst());
  }

  private static String servers(Map<String, Object> operation) {
    List<?> tags = list(operation, "tags");
    if (!tags.contains("node")) {
      return "\n";
    }
    return tags.contains("master")
        ? " The master and each node answer it.\n"
        : " Nodes answer it.\n";
  }

  /** A text as Markdown that shows it as it is. */
  static String plain(String text) {
    return Objects.requireNonNull(text).replaceAll("([\\\\|<*`\\[])", "\\\\$1");
  }
}
