package io.pulzar.openapi;

import static io.pulzar.openapi.ApiDocument.child;
import static io.pulzar.openapi.ApiDocument.list;
import static io.pulzar.openapi.ApiDocument.map;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.security.annotation.Secured;
import io.pulzar.rights.Rights;
import io.pulzar.roles.Role;
import io.pulzar.roles.Version;
import java.io.IOException;
import java.util.Map;

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
    Map<String, Object> description = ApiDocument.read(json);
    child(description, "info").put("version", Version.CURRENT);
    Map<String, Object> paths = child(description, "paths");
    for (Object operations : paths.values()) {
      map(operations).values().removeIf(operation -> !list(map(operation), "tags").contains(role));
    }
    paths.values().removeIf(operations -> map(operations).isEmpty());
    return description;
  }
}
