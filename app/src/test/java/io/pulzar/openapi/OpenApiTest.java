package io.pulzar.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.security.annotation.Secured;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.rights.Rights;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {

  private static final List<String> BETWEEN_SERVERS =
      List.of(" /skynet", " /autodiscovery", " /send_job", " /records");

  @TempDir private static Path home;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(home).python(() -> new ScriptedPython(1)).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aMasterDescribesWhatItAnswersAndNothingElse() throws IOException {
    assertThat(described(server.master("/openapi"))).isEqualTo(routed(Role.MASTER));
  }

  @Test
  void aNodeDescribesWhatItAnswersAndNothingElse() throws IOException {
    assertThat(described(server.node("/openapi"))).isEqualTo(routed(Role.NODE));
  }

  @Test
  void theRightsAreThoseOfTheRoutes() throws IOException {
    Map<String, Object> document = ApiDocument.read(JsonMapper.createDefault());
    for (Role role : List.of(Role.MASTER, Role.NODE)) {
      assertThat(rights(document, role)).containsExactlyInAnyOrderElementsOf(securedBy(role));
    }
  }

  @Test
  void thePageIsMadeOfTheDescription() throws IOException {
    String page = HttpPage.render(JsonMapper.createDefault());
    Path rendered = Files.writeString(Path.of("target/http.md"), page);
    assertThat(Path.of("../docs/http.md"))
        .as("docs/http.md is not up to date: replace it with app/%s", rendered)
        .hasContent(page);
    Map<String, Object> document = ApiDocument.read(JsonMapper.createDefault());
    assertThat(operations(document))
        .allSatisfy(operation -> assertThat(page).containsOnlyOnce("### `" + operation + "`"));
  }

  private static List<String> operations(Map<String, Object> document) {
    List<String> operations = new ArrayList<>();
    ApiDocument.child(document, "paths")
        .forEach(
            (path, methods) ->
                ApiDocument.map(methods)
                    .keySet()
                    .forEach(
                        method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return operations;
  }

  private static List<String> rights(Map<String, Object> document, Role role) {
    List<String> rights = new ArrayList<>();
    ApiDocument.child(document, "paths")
        .forEach(
            (path, methods) ->
                ApiDocument.map(methods)
                    .forEach(
                        (method, operation) -> {
                          Map<String, Object> what = ApiDocument.map(operation);
                          if (ApiDocument.list(what, "tags").contains(role.toString())) {
                            rights.add(
                                method.toUpperCase(Locale.ROOT) + " " + path + " " + right(what));
                          }
                        }));
    return rights;
  }

  private static String right(Map<String, Object> operation) {
    List<?> ways = ApiDocument.list(operation, "security");
    if (ways.isEmpty()) {
      return Rights.PUBLIC;
    }
    Object ofToken = ApiDocument.map(ways.getFirst()).get("token");
    assertThat(ApiDocument.map(ways.getLast()).get("session")).isEqualTo(ofToken);
    return ofToken instanceof List<?> list && !list.isEmpty()
        ? list.getFirst().toString()
        : Rights.SIGNED_IN;
  }

  private static List<String> securedBy(Role role) {
    return server
        .context(role)
        .getBean(Router.class)
        .uriRoutes()
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .map(
            route ->
                named(route)
                    + " "
                    + route.getTargetMethod().stringValue(Secured.class).orElse("none"))
        .filter(name -> BETWEEN_SERVERS.stream().noneMatch(name::contains))
        .distinct()
        .toList();
  }

  private static Set<String> described(URI url) throws IOException {
    String document = server.send("GET", url, "").body();
    JsonMapper json = server.context(Role.MASTER).getBean(JsonMapper.class);
    Map<String, Object> root =
        requireNonNull(json.readValue(document, Argument.mapOf(String.class, Object.class)));
    assertThat(root.get("openapi")).isEqualTo("3.1.0");
    Set<String> operations = new TreeSet<>();
    ((Map<?, ?>) requireNonNull(root.get("paths")))
        .forEach(
            (path, methods) ->
                ((Map<?, ?>) methods)
                    .keySet()
                    .forEach(
                        method ->
                            operations.add(
                                method.toString().toUpperCase(Locale.ROOT) + " " + path)));
    return operations;
  }

  /** What is between masters and nodes only is no part of the API; each GET answers HEAD too. */
  private static Set<String> routed(Role role) {
    ApplicationContext context = server.context(role);
    return context
        .getBean(Router.class)
        .uriRoutes()
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .map(OpenApiTest::named)
        .filter(name -> BETWEEN_SERVERS.stream().noneMatch(name::contains))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String named(UriRouteInfo<?, ?> route) {
    String path = route.getUriMatchTemplate().toPathString();
    return route.getHttpMethodName() + " " + path.replace("{+", "{");
  }
}
