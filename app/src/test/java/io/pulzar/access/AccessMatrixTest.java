package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.uri.UriMatchTemplate;
import io.micronaut.security.annotation.Secured;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.rights.AccessRole;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.rights.PathPattern;
import io.pulzar.rights.Right;
import io.pulzar.rights.Rights;
import io.pulzar.roles.Role;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route of both servers, asked with every kind of credential. */
final class AccessMatrixTest {

  @TempDir private static Path home;
  private static TestServer server;
  private static AccessStore store;
  private static final Map<AccessRole, String> TOKENS = new HashMap<>();
  private static final Map<AccessRole, AccessStore.NewSession> SESSIONS = new HashMap<>();
  private static String expired = "";

  @BeforeAll
  static void start() {
    server =
        TestServer.in(home).set("pulzar.auth", "on").python(() -> new ScriptedPython(1)).start();
    store = server.context(Role.MASTER).getBean(AccessStore.class);
    for (AccessRole role : AccessRole.values()) {
      TOKENS.put(role, token(role.toString(), role, Optional.empty()));
      SESSIONS.put(role, session(role));
    }
    expired = token("late", AccessRole.ADMINISTRATOR, Optional.of(Instant.EPOCH));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String token(String name, AccessRole role, Optional<Instant> expires) {
    return store
        .createToken(name, List.of(new Grant(role, PathPattern.ALL, PathPattern.ALL)), expires)
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .text();
  }

  private static AccessStore.NewSession session(AccessRole role) {
    return store
        .createSession(
            "somebody",
            Session.Way.LINK,
            List.of(new Grant(role, PathPattern.ALL, PathPattern.ALL)),
            List.of())
        .toCompletableFuture()
        .join();
  }

  /** A route, its right, and a URL that reaches it. */
  private record Route(String method, URI url, String needed) {}

  private static List<Route> routes() {
    return Stream.of(Role.MASTER, Role.NODE)
        .flatMap(
            role ->
                server
                    .context(role)
                    .getBean(Router.class)
                    .uriRoutes()
                    .map(info -> route(role, info)))
        .toList();
  }

  private static Route route(Role role, UriRouteInfo<?, ?> info) {
    String path = expanded(info.getUriMatchTemplate());
    return new Route(
        info.getHttpMethodName(),
        role == Role.MASTER ? server.master(path) : server.node(path),
        info.getTargetMethod().stringValue(Secured.class).orElse(""));
  }

  private static String expanded(UriMatchTemplate template) {
    return template.toPathString().replaceAll("\\{[^}]*}", "x");
  }

  @Test
  void everyRouteNamesARight() {
    List<String> known =
        Stream.concat(
                Stream.of(Right.values()).map(Right::toString),
                Stream.of(Rights.PUBLIC, Rights.SIGNED_IN))
            .toList();
    assertThat(routes()).isNotEmpty().allMatch(route -> known.contains(route.needed()));
  }

  @Test
  void whoIsNobodyGetsNothingThatIsNotPublic() {
    for (Route route : routes()) {
      for (String header : new String[] {"", "Bearer wrong", "Bearer " + expired, "Basic eDp5"}) {
        int status = status(route, header);
        if (route.needed().equals(Rights.PUBLIC)) {
          assertThat(status).as(route + " as " + header).isNotEqualTo(403);
        } else {
          assertThat(status).as(route + " as " + header).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void aRoleGetsWhatItsRightsSayAndNothingElse() {
    for (Route route : routes()) {
      for (AccessRole role : AccessRole.values()) {
        int status = status(route, "Bearer " + TOKENS.get(role));
        if (allowed(role, route.needed())) {
          assertThat(status).as(route + " as " + role).isNotEqualTo(403);
        } else {
          assertThat(status).as(route + " as " + role).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void aSessionGetsTheSameAndNothingWithoutItsOwnProofOfEachChange() {
    for (Route route : routes()) {
      if (route.url().getPath().equals("/access/sign_out")) {
        continue;
      }
      for (AccessRole role : AccessRole.values()) {
        AccessStore.NewSession session = Objects.requireNonNull(SESSIONS.get(role));
        String cookie = "pulzar_session=" + session.cookie();
        int proven = answer(route, "Cookie", cookie, "X-CSRF-Token", session.session().csrf());
        assertThat(proven)
            .as(route + " as " + role)
            .matches(status -> allowed(role, route.needed()) == (status != 403));
        boolean changes = !List.of("GET", "HEAD", "OPTIONS").contains(route.method());
        if (changes && !route.needed().equals(Rights.PUBLIC)) {
          assertThat(answer(route, "Cookie", cookie)).as(route + " as " + role).isEqualTo(403);
          assertThat(answer(route, "Cookie", cookie, "X-CSRF-Token", "wrong"))
              .as(route + " as " + role)
              .isEqualTo(403);
        }
      }
      if (!route.needed().equals(Rights.PUBLIC)) {
        assertThat(answer(route, "Cookie", "pulzar_session=wrong")).as("" + route).isEqualTo(401);
      }
    }
  }

  private static boolean allowed(AccessRole role, String needed) {
    return needed.equals(Rights.PUBLIC)
        || needed.equals(Rights.SIGNED_IN)
        || new Identity(
                "", List.of(new Grant(role, PathPattern.ALL, PathPattern.ALL)), Optional.empty())
            .may(Right.valueOf(needed.toUpperCase(Locale.ROOT)));
  }

  private static int status(Route route, String authorization) {
    String[] headers =
        authorization.isEmpty() ? new String[0] : new String[] {"Authorization", authorization};
    return answer(route, headers);
  }

  private static int answer(Route route, String... headers) {
    HttpResponse<String> answer = server.send(route.method(), route.url(), "", headers);
    assertThat(answer.statusCode()).as(route + ": " + answer.body()).isNotEqualTo(500);
    return answer.statusCode();
  }

  @Test
  void aRevokedTokenEndsAtOnce() {
    String token = token("short", AccessRole.VIEWER, Optional.empty());
    assertThat(asked("/admin/all_jobs", token)).isEqualTo(200);
    assertThat(store.revokeToken("short").toCompletableFuture().join()).isTrue();
    assertThat(asked("/admin/all_jobs", token)).isEqualTo(401);
  }

  private static int asked(String path, String token) {
    return server
        .send("GET", server.master(path), "", "Authorization", "Bearer " + token)
        .statusCode();
  }
}
