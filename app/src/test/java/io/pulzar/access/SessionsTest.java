package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.SettableClock;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.rights.Grant;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browsers: how they get in, what a page of another site can't do with them, how they get out. */
final class SessionsTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path home;
  private final SettableClock clock = new SettableClock(Instant.now());
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        TestServer.in(home)
            .set("pulzar.auth", "on")
            .set("pulzar.access.attempts", "3")
            .clock(clock)
            .python(() -> new ScriptedPython(1))
            .start();
    putJane();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Writes are done in their order: when it returns, those before are on the disk too. */
  private void putJane() {
    store()
        .put(
            new User(
                "jane", Passwords.hash(PASSWORD), List.of(Grant.parse("runner")), clock.instant()))
        .toCompletableFuture()
        .join();
  }

  private AccessStore store() {
    return server.context(Role.MASTER).getBean(AccessStore.class);
  }

  @Test
  void aPasswordOpensASessionWhoseCookieNoScriptCanRead() {
    HttpResponse<String> answer = signIn("jane", PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("pulzar_session=")
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Lax")
        .contains("Path=/");
    assertThat(get("/admin/all_jobs", cookie(answer)).statusCode()).isEqualTo(200);
  }

  @Test
  void aBrowserThatFollowsALinkWhichIsUsedUpSeesAPageThatSaysSo() {
    HttpResponse<String> page =
        server.send(
            "GET", server.master("/access/sign_in?code=x"), "", "Accept", "text/html,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("used already", "<a href=\"/\">");
    assertThat(get("/access/sign_in?code=x", "a=b").body()).startsWith("{");
  }

  @Test
  void aWrongPasswordAndAnUnknownNameGetTheSameAnswer() {
    HttpResponse<String> wrong = signIn("jane", "wrong password");
    HttpResponse<String> unknown = signIn("joan", "wrong password");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
  }

  @Test
  void guessingIsSlowedDownAlsoForTheRightPassword() {
    for (int at = 0; at < 3; at++) {
      assertThat(signIn("jane", "wrong password").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> answer = signIn("jane", PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aChangeNeedsTheTokenOfTheSession() {
    HttpResponse<String> signedIn = signIn("jane", PASSWORD);
    String cookie = cookie(signedIn);
    assertThat(post("/launch_job/no/such", cookie).statusCode()).isEqualTo(403);
    assertThat(post("/launch_job/no/such", cookie, "X-CSRF-Token", "guessed").statusCode())
        .isEqualTo(403);
    assertThat(post("/launch_job/no/such", cookie, "X-CSRF-Token", csrf(signedIn)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aCookieThatSomebodyPlantedNeverBecomesASession() {
    HttpResponse<String> answer =
        server.send(
            "POST",
            server.master("/access/sign_in"),
            json("jane", PASSWORD),
            "Content-Type",
            "application/json",
            "Cookie",
            "pulzar_session=planted");
    assertThat(cookie(answer)).isNotEqualTo("pulzar_session=planted");
    assertThat(get("/admin/all_jobs", "pulzar_session=planted").statusCode()).isEqualTo(401);
  }

  @Test
  void signingOutEndsTheSessionAtTheServer() {
    HttpResponse<String> signedIn = signIn("jane", PASSWORD);
    String cookie = cookie(signedIn);
    assertThat(post("/access/sign_out", cookie, "X-CSRF-Token", csrf(signedIn)).statusCode())
        .isEqualTo(200);
    assertThat(get("/admin/all_jobs", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionEndsWhenItIsNotUsedAndWhenItIsTooOld() {
    String idle = cookie(signIn("jane", PASSWORD));
    clock.move(Duration.ofHours(13));
    assertThat(get("/admin/all_jobs", idle).statusCode()).isEqualTo(401);
    String used = cookie(signIn("jane", PASSWORD));
    for (int day = 0; day < 13; day++) {
      clock.move(Duration.ofHours(11));
      assertThat(get("/admin/all_jobs", used).statusCode()).isEqualTo(200);
      putJane();
    }
    clock.move(Duration.ofDays(2));
    assertThat(get("/admin/all_jobs", used).statusCode()).isEqualTo(401);
  }

  @Test
  void aNewPasswordEndsEverySessionOfTheUser() {
    HttpResponse<String> one = signIn("jane", PASSWORD);
    HttpResponse<String> other = signIn("jane", PASSWORD);
    HttpResponse<String> changed =
        server.send(
            "POST",
            server.master("/access/password"),
            "{\"password\": \"another good one\"}",
            "Content-Type",
            "application/json",
            "Cookie",
            cookie(one),
            "X-CSRF-Token",
            csrf(one));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(get("/admin/all_jobs", cookie(one)).statusCode()).isEqualTo(401);
    assertThat(get("/admin/all_jobs", cookie(other)).statusCode()).isEqualTo(401);
    assertThat(signIn("jane", "another good one").statusCode()).isEqualTo(200);
  }

  @Test
  void aLinkLetsOneBrowserInOnceAndLeadsToOurOwnPage() {
    String path = server.context(Role.MASTER).getBean(FirstAdministrator.class).signInPath();
    HttpResponse<String> first = get(path, "a=b");
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Location")).contains("/");
    assertThat(get("/access/users", cookie(first)).statusCode()).isEqualTo(200);
    assertThat(get(path, "a=b").statusCode()).isEqualTo(401);
    String late = server.context(Role.MASTER).getBean(FirstAdministrator.class).signInPath();
    clock.move(Duration.ofMinutes(16));
    assertThat(get(late, "a=b").statusCode()).isEqualTo(401);
  }

  @Test
  void whatWasDoneAndWhatWasRefusedIsInTheAuditLogWithoutValues() {
    String administrator =
        server.context(Role.MASTER).getBean(FirstAdministrator.class).token().orElseThrow();
    signIn("jane", "wrong password");
    server.send("GET", server.master("/access/users?secret=1"), "");
    HttpResponse<String> audit =
        server.send(
            "GET", server.master("/access/audit"), "", "Authorization", "Bearer " + administrator);
    assertThat(audit.statusCode()).isEqualTo(200);
    assertThat(audit.body())
        .contains("POST /access/sign_in")
        .contains("GET /access/users")
        .contains("127.0.0.1")
        .doesNotContain("secret=1")
        .doesNotContain("wrong password");
  }

  @Test
  void anOversizedOrOddCookieIsNobodys() {
    assertThat(get("/admin/all_jobs", "pulzar_session=" + "x".repeat(6_000)).statusCode())
        .isEqualTo(401);
    assertThat(get("/admin/all_jobs", "pulzar_session=").statusCode()).isEqualTo(401);
    assertThat(get("/admin/all_jobs", ";;=;\"").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> signIn(String user, String password) {
    return server.send(
        "POST",
        server.master("/access/sign_in"),
        json(user, password),
        "Content-Type",
        "application/json");
  }

  private static String json(String user, String password) {
    return "{\"user\": \"%s\", \"password\": \"%s\"}".formatted(user, password);
  }

  private HttpResponse<String> get(String path, String cookie) {
    return server.send("GET", server.master(path), "", "Cookie", cookie);
  }

  private HttpResponse<String> post(String path, String cookie, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Cookie";
    headers[1] = cookie;
    System.arraycopy(more, 0, headers, 2, more.length);
    return server.send("POST", server.master(path), "", headers);
  }

  private static String cookie(HttpResponse<String> answer) {
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private String csrf(HttpResponse<String> signedIn) {
    try {
      Map<String, Object> envelope =
          Objects.requireNonNull(
              JsonMapper.createDefault()
                  .readValue(signedIn.body(), Argument.mapOf(String.class, Object.class)));
      return String.valueOf(((Map<?, ?>) Objects.requireNonNull(envelope.get("data"))).get("csrf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
