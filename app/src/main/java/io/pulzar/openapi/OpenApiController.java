package io.pulzar.openapi;

import io.micronaut.context.annotation.Property;
import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.security.annotation.Secured;
import io.pulzar.rights.Rights;
import io.pulzar.roles.Role;
import io.pulzar.roles.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/** {@code GET /openapi}: what this server answers, an OpenAPI 3.1 document. */
@Controller
final class OpenApiController {

  private final byte[] document;

  OpenApiController(JsonMapper json, @Property(name = Role.PROPERTY) String role)
      throws IOException {
    document = json.writeValueAsBytes(description(json, role));
  }

  @Secured(Rights.PUBLIC)
  @Get(value = "/openapi", produces = MediaType.APPLICATION_JSON)
  byte[] document() {
    return document;
  }

  private static Map<String, Object> description(JsonMapper json, String role) throws IOException {
    Map<String, Object> description = written(json);
    child(description, "info").put("version", Version.CURRENT);
    Map<String, Object> paths = child(description, "paths");
    for (Object operations : paths.values()) {
      map(operations).values().removeIf(operation -> !tags(operation).contains(role));
    }
    paths.values().removeIf(operations -> map(operations).isEmpty());
    return description;
  }

  private static Map<String, Object> written(JsonMapper json) throws IOException {
    try (InputStream file = OpenApiController.class.getResourceAsStream("openapi.json")) {
      byte[] text = Objects.requireNonNull(file, "openapi.json").readAllBytes();
      return Objects.requireNonNull(
          json.readValue(text, Argument.mapOf(String.class, Object.class)), "openapi.json");
    }
  }

  private static Map<String, Object> child(Map<String, Object> parent, String name) {
    return map(Objects.requireNonNull(parent.get(name), name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Collection<?> tags(Object operation) {
    return (Collection<?>) Objects.requireNonNull(map(operation).get("tags"), "tags");
  }
}
