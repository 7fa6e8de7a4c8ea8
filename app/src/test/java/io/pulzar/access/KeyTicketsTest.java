package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.SettableClock;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.rights.Grant;
import io.pulzar.roles.Role;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of a server that asks who one is, across the redirect from master to node. */
final class KeyTicketsTest {

  @TempDir private Path home;
  private final SettableClock clock = new SettableClock(Instant.now());
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        TestServer.in(home)
            .set("pulzar.auth", "on")
            .clock(clock)
            .python(() -> new ScriptedPython(1))
            .start();
    String viewer = token("viewer");
    Await.until(
        "the node is online",
        () -> asked("GET", server.master("/admin/network"), viewer).body().contains("node"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoMayWriteAKeyIsLetInAtTheNodeWithoutAToken() {
    HttpResponse<String> redirect = asked("PUT", server.master("/add_key/a/b"), token("runner"));
    assertThat(redirect.statusCode()).isEqualTo(307);
    URI location = location(redirect);
    assertThat(server.send("PUT", location, "a value").statusCode()).isEqualTo(201);
    URI read = location(asked("GET", server.master("/get_key/a/b"), token("viewer a/**")));
    assertThat(server.send("GET", read, "").body()).isEqualTo("a value");
  }

  @Test
  void aTicketIsForItsKeyAndItsActAndAMinute() {
    String author = token("author");
    URI location = location(asked("PUT", server.master("/add_key/a/b"), author));
    URI other = URI.create(location.toString().replace("/a/b?", "/a/c?"));
    assertThat(server.send("PUT", other, "x").statusCode()).isEqualTo(401);
    URI reading = URI.create(location.toString().replace("/add_key/", "/get_key/"));
    assertThat(server.send("GET", reading, "").statusCode()).isEqualTo(401);
    clock.move(Duration.ofSeconds(61));
    assertThat(server.send("PUT", location, "x").statusCode()).isEqualTo(401);
    assertThat(server.send("PUT", without(location), "x").statusCode()).isEqualTo(401);
  }

  @Test
  void theNodeAsksTheMasterAboutATokenAndLearnsOfItsEnd() {
    String name = "direct";
    String token = token(name, "runner a/**");
    URI key = server.node("/add_key/a/b?url=master");
    assertThat(asked("PUT", key, token).statusCode()).isEqualTo(201);
    assertThat(asked("PUT", server.node("/add_key/b/b?url=master"), token).statusCode())
        .isEqualTo(403);
    assertThat(store().revokeToken(name).toCompletableFuture().join()).isTrue();
    clock.move(Duration.ofSeconds(6));
    assertThat(asked("GET", server.node("/get_key/a/b"), token).statusCode()).isEqualTo(401);
  }

  @Test
  void whoMayNotReadAKeyIsNotToldThatItIsThere() {
    String author = token("author");
    for (String key : List.of("a/one", "b/two")) {
      URI location = location(asked("PUT", server.master("/add_key/" + key), author));
      assertThat(server.send("PUT", location, "x").statusCode()).isEqualTo(201);
    }
    String reader = token("viewer a/**");
    assertThat(asked("GET", server.master("/keys"), reader).body())
        .contains("/a/one")
        .doesNotContain("/b/two");
    for (String key : List.of("b/two", "b/none")) {
      assertThat(asked("GET", server.master("/get_key/" + key), reader).statusCode())
          .isEqualTo(403);
      assertThat(asked("DELETE", server.master("/delete_key/" + key), reader).statusCode())
          .isEqualTo(403);
    }
  }

  private AccessStore store() {
    return server.context(Role.MASTER).getBean(AccessStore.class);
  }

  private String token(String grant) {
    return token(grant.replaceAll("[^a-z]", "-"), grant);
  }

  private String token(String name, String grant) {
    return store()
        .createToken(name, List.of(Grant.parse(grant)), Optional.empty())
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .text();
  }

  private HttpResponse<String> asked(String method, URI url, String token) {
    return server.send(method, url, "", "Authorization", "Bearer " + token);
  }

  private static URI location(HttpResponse<String> redirect) {
    assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(307);
    return URI.create(redirect.headers().firstValue("Location").orElseThrow());
  }

  private static URI without(URI location) {
    return URI.create(location.toString().replaceAll("[?&]ticket=[^&]*", ""));
  }
}
