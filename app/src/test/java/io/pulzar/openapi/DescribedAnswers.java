package io.pulzar.openapi;

import static java.util.Objects.requireNonNull;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what servers answer in tests against what openapi.json says of it. */
public final class DescribedAnswers {

  private static final JsonNode DOCUMENT = read();
  private static final List<Route> ROUTES = routes();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private record Route(String template, Pattern path, JsonNode operations) {

    static Route of(String template, JsonNode operations) {
      String path =
          Pattern.quote(template)
              .replace("{path}", "\\E.*\\Q")
              .replace("{key}", "\\E.*\\Q")
              .replace("{uid}", "\\E.*\\Q")
              .replaceAll("\\{[a-z]+}", "\\\\E[^/]*\\\\Q");
      return new Route(template, Pattern.compile(path), operations);
    }

    int literal() {
      return template.replaceAll("\\{[a-z]+}", "").length();
    }
  }

  private DescribedAnswers() {}

  /**
   * Fails unless status, type and body are described for the route. What is no route, or one that
   * only servers ask of each other, is not looked at.
   */
  public static void check(String method, HttpResponse<String> answer) {
    String path = answer.uri().getRawPath();
    Optional<Route> route =
        ROUTES.stream().filter(known -> known.path().matcher(path).matches()).findFirst();
    JsonNode operation =
        route.map(known -> known.operations().get(method.toLowerCase(Locale.ROOT))).orElse(null);
    if (operation == null) {
      return;
    }
    problem(operation, answer)
        .ifPresent(
            problem -> {
              throw new AssertionError(
                  "%s %s answered %d, %s, %s, and openapi.json says otherwise: %s"
                      .formatted(
                          method,
                          answer.uri(),
                          answer.statusCode(),
                          answer.headers().firstValue("Content-Type").orElse("no type"),
                          answer.body(),
                          problem));
            });
  }

  private static Optional<String> problem(JsonNode operation, HttpResponse<String> answer) {
    JsonNode responses = operation.get("responses");
    JsonNode response = responses.get(Integer.toString(answer.statusCode()));
    if (response == null) {
      response = answer.statusCode() < 400 ? null : responses.get("default");
    }
    if (response == null) {
      return Optional.of("the status is not described");
    }
    JsonNode content = resolved(response).get("content");
    String body = answer.body();
    if (content == null || body.isEmpty()) {
      return body.isEmpty() ? Optional.empty() : Optional.of("a body is not described");
    }
    String type =
        answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "").strip();
    JsonNode described = content.has(type) ? content.get(type) : content.get("*/*");
    if (described == null) {
      return Optional.of("the type is not described");
    }
    return type.equals("application/json")
        ? invalid(resolved(described.get("schema")), body)
        : Optional.empty();
  }

  private static Optional<String> invalid(JsonNode schema, String body) {
    List<Error> errors =
        SCHEMAS
            .computeIfAbsent(schema.toString(), text -> REGISTRY.getSchema(text, InputFormat.JSON))
            .validate(body, InputFormat.JSON);
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors.toString());
  }

  private static JsonNode resolved(@Nullable JsonNode node) {
    JsonNode reference = requireNonNull(node).get("$ref");
    return reference == null
        ? node
        : requireNonNull(DOCUMENT.at(reference.asString().substring(1)));
  }

  private static List<Route> routes() {
    return requireNonNull(DOCUMENT.get("paths")).properties().stream()
        .map(path -> Route.of(path.getKey(), path.getValue()))
        .sorted(Comparator.comparingInt(Route::literal).reversed())
        .toList();
  }

  private static JsonNode read() {
    try (InputStream document =
        requireNonNull(
            DescribedAnswers.class.getResourceAsStream("/io/pulzar/openapi/openapi.json"))) {
      return JsonMapper.shared().readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
