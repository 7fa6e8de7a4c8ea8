package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.oidc.TestProvider;
import io.pulzar.rights.Grant;
import io.pulzar.roles.Role;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who sign in with a provider of OpenID Connect, and those who only pretend. */
final class ProviderSignInTest {

  @TempDir private Path home;
  private TestProvider provider;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    provider = TestProvider.start();
    server = server().start();
    grant("group:accounting", "runner finance/**");
  }

  private TestServer.Preparation server() {
    return TestServer.in(home)
        .set("pulzar.auth", "on")
        .set("pulzar.access.oidc.issuer", provider.issuer())
        .set("pulzar.access.oidc.client-id", TestProvider.CLIENT)
        .set("pulzar.access.oidc.client-secret", TestProvider.SECRET)
        .python(() -> new ScriptedPython(1));
  }

  private void grant(String subject, String... grants) {
    server
        .context(Role.MASTER)
        .getBean(GrantStore.class)
        .put(Subject.parse(subject), List.of(grants).stream().map(Grant::parse).toList())
        .toCompletableFuture()
        .join();
  }

  @AfterEach
  void stop() {
    server.close();
    provider.close();
  }

  /** A browser that was sent to the provider. */
  private record Sent(URI provider, String cookie) {}

  private Sent start(String query) {
    HttpResponse<String> answer = get("/access/oidc/start" + query, "a=b");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return new Sent(
        URI.create(answer.headers().firstValue("Location").orElseThrow()),
        cookie(answer, "pulzar_sign_in").orElseThrow());
  }

  /** Goes all the way, and returns the answer that signs the browser in or does not. */
  private HttpResponse<String> signIn() {
    Sent sent = start("");
    return back(provider.visit(sent.provider()), sent.cookie());
  }

  private HttpResponse<String> back(URI callback, String cookie) {
    return server.send(
        "GET",
        callback,
        "",
        "Cookie",
        cookie,
        "Sec-Fetch-Mode",
        "navigate",
        "Sec-Fetch-Site",
        "cross-site");
  }

  private HttpResponse<String> get(String path, String cookie) {
    return server.send("GET", server.master(path), "", "Cookie", cookie);
  }

  private static Optional<String> cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(set -> set.startsWith(name + "="))
        .map(set -> set.substring(0, set.indexOf(';')))
        .findFirst();
  }

  private void assertRefused(HttpResponse<String> answer, int status, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(why);
    assertThat(cookie(answer, "pulzar_session")).isEmpty();
  }

  @Test
  void whoIsInAGroupWithAGrantIsSignedInWithItAndNamedByTheirAddress() {
    HttpResponse<String> answer = signIn();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(provider.problems).isEmpty();
    String set =
        answer.headers().allValues("Set-Cookie").stream()
            .filter(text -> text.startsWith("pulzar_session="))
            .findFirst()
            .orElseThrow();
    assertThat(set).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Lax");
    String session = cookie(answer, "pulzar_session").orElseThrow();
    assertThat(get("/access/me", session).body())
        .contains("\"name\":\"oidc:jane@example.org\"", "runner finance/**", "\"password\":false");
    assertThat(get("/admin/all_jobs", session).statusCode()).isEqualTo(200);
    assertThat(get("/access/users", session).statusCode()).isEqualTo(403);
  }

  @Test
  void aBrowserThatIsNotSignedInSeesAPageWhoseTextNobodyElseWrites() {
    HttpResponse<String> page =
        server.send(
            "GET",
            server.master("/access/oidc/callback?code=c&state=%3Cscript%3E&error=%3Cscript%3E"),
            "",
            "Accept",
            "text/html,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("the provider did not sign you in (?script?)");
  }

  @Test
  void thePageLearnsWhatTheButtonSays() {
    assertThat(get("/access/me", "a=b").body())
        .contains("\"provider\":\"Sign in with single sign-on\"");
  }

  @Test
  void whoIsInNoGroupWithAGrantIsToldWhichAreKnown() {
    provider.groups("cooks");
    assertRefused(signIn(), 403, "the provider names cooks");
  }

  @Test
  void aGrantTakenFromTheGroupCountsAtTheNextRequest() {
    String session = cookie(signIn(), "pulzar_session").orElseThrow();
    server
        .context(Role.MASTER)
        .getBean(GrantStore.class)
        .remove(Subject.parse("group:accounting"))
        .toCompletableFuture()
        .join();
    assertThat(get("/admin/all_jobs", session).statusCode()).isEqualTo(403);
  }

  @Test
  void groupsMayBeInsideOfAnotherClaim() {
    server.close();
    server = server().set("pulzar.access.oidc.groups-claim", "realm_access.roles").start();
    provider.claims(claims -> claims.claim("realm_access", Map.of("roles", List.of("accounting"))));
    assertThat(signIn().statusCode()).isEqualTo(303);
  }

  @Test
  void aStateThatWasNotGivenOutIsRefused() {
    Sent sent = start("");
    String callback = provider.visit(sent.provider()).toString();
    URI other = URI.create(callback.replaceAll("state=[^&]*", "state=guessed"));
    assertRefused(back(other, sent.cookie()), 401, "did not begin in this browser");
  }

  @Test
  void nobodyFinishesTheSignInOfAnother() {
    Sent victim = start("");
    Sent attacker = start("");
    URI planted = provider.visit(attacker.provider());
    assertRefused(back(planted, victim.cookie()), 401, "did not begin in this browser");
    assertRefused(back(planted, "a=b"), 401, "did not begin in this browser");
  }

  @Test
  void aSignInFinishesOnce() {
    Sent sent = start("");
    URI callback = provider.visit(sent.provider());
    assertThat(back(callback, sent.cookie()).statusCode()).isEqualTo(303);
    assertRefused(back(callback, sent.cookie()), 401, "did not begin in this browser");
  }

  @Test
  void aSessionThatSomebodyPlantedIsReplaced() {
    Sent sent = start("");
    URI callback = provider.visit(sent.provider());
    HttpResponse<String> answer = back(callback, sent.cookie() + "; pulzar_session=planted");
    assertThat(cookie(answer, "pulzar_session")).isPresent().isNotEqualTo("pulzar_session=planted");
    assertThat(get("/admin/all_jobs", "pulzar_session=planted").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenForAnotherSignInIsRefused() {
    provider.claims(claims -> claims.claim("nonce", "of another"));
    assertRefused(signIn(), 401, "nonce");
  }

  @Test
  void aTokenForAnotherClientIsRefused() {
    provider.claims(claims -> claims.audience("another"));
    assertRefused(signIn(), 401, "aud");
    provider.claims(claims -> claims.audience(List.of(TestProvider.CLIENT, "another")));
    assertRefused(signIn(), 401, "somebody else");
    provider.claims(claims -> claims.claim("azp", "another"));
    assertRefused(signIn(), 401, "somebody else");
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    provider.claims(claims -> claims.issuer("https://other.example"));
    assertRefused(signIn(), 401, "iss");
  }

  @Test
  void anExpiredTokenIsRefused() {
    provider.claims(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120))));
    assertRefused(signIn(), 401, "Expired");
  }

  @Test
  void aTokenThatNobodySignedIsRefused() {
    provider.signature(TestProvider::unsigned);
    assertRefused(signIn(), 401, "not signed");
    provider.signature(provider::confused);
    assertRefused(signIn(), 401, "can't be believed");
    provider.signature(provider::forged);
    assertRefused(signIn(), 401, "can't be believed");
  }

  @Test
  void aNewKeyOfTheProviderIsAskedForOnce() {
    assertThat(signIn().statusCode()).isEqualTo(303);
    assertThat(signIn().statusCode()).isEqualTo(303);
    assertThat(provider.keyQuestions).hasValue(1);
    provider.rotate();
    assertThat(signIn().statusCode()).isEqualTo(303);
    assertThat(provider.keyQuestions).hasValue(2);
    provider.signature(provider::forged);
    assertRefused(signIn(), 401, "can't be believed");
    assertThat(provider.keyQuestions).hasValue(2);
  }

  @Test
  void whileTheProviderIsDownTheAnswerNamesTheWayOut() {
    Sent sent = start("");
    URI callback = provider.visit(sent.provider());
    provider.close();
    HttpResponse<String> answer = back(callback, sent.cookie());
    assertRefused(answer, 503, "sign in by name and password");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aWrongSecretIsTheAdministratorsBusiness() {
    server.close();
    server = server().set("pulzar.access.oidc.client-secret", "wrong").start();
    assertRefused(signIn(), 503, "pulzar.access.oidc.client-secret");
  }

  @Test
  void whoCancelsAtTheProviderIsToldSo() {
    assertRefused(
        get("/access/oidc/callback?error=access_denied&state=x", "a=b"), 401, "access_denied");
  }

  @Test
  void afterwardsTheBrowserIsOnOurPageWhateverALinkSays() {
    assertThat(place("/%23/runs/12?x=1")).isEqualTo("/#/runs/12?x=1");
    for (String elsewhere :
        List.of(
            "https://evil.example/",
            "//evil.example/",
            "/%5Cevil.example/",
            "%2F%23%2F%0D%0ASet-Cookie:x",
            "javascript:alert(1)",
            "/admin/all_jobs")) {
      assertThat(place(elsewhere)).as(elsewhere).isEqualTo("/");
    }
  }

  private String place(String wanted) {
    Sent sent = start("?return=" + wanted);
    HttpResponse<String> answer = back(provider.visit(sent.provider()), sent.cookie());
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void nobodyOfTheProviderHasThePasswordOfAUserOfTheirName() {
    String session = cookie(signIn(), "pulzar_session").orElseThrow();
    String me = get("/access/me", session).body();
    String csrf = me.replaceAll(".*\"csrf\":\"([^\"]*)\".*", "$1");
    HttpResponse<String> answer =
        server.send(
            "POST",
            server.master("/access/password"),
            "{\"password\": \"another good one\"}",
            "Content-Type",
            "application/json",
            "Cookie",
            session,
            "X-CSRF-Token",
            csrf);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
  }

  @Test
  void whoSignedInIsInTheAuditLog() {
    grant("group:accounting", "administrator");
    String session = cookie(signIn(), "pulzar_session").orElseThrow();
    assertThat(get("/access/audit", session).body())
        .contains("\"who\":\"oidc:jane@example.org\"", "GET /access/oidc/callback");
  }

  @Test
  void withoutAProviderThereIsNoWayToIt() {
    try (TestServer other =
        TestServer.in(home.resolve("other"))
            .set("pulzar.auth", "on")
            .python(() -> new ScriptedPython(1))
            .start()) {
      assertThat(other.send("GET", other.master("/access/oidc/start"), "").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void settingsThatCannotWorkStopTheStart() {
    assertRefusedStart(
        "pulzar.access.oidc.issuer", "http://id.example", "must be a URL with https");
    assertRefusedStart("pulzar.access.oidc.client-id", "", "client-id is needed");
    assertRefusedStart("pulzar.access.oidc.scopes", "email", "must have openid");
  }

  private void assertRefusedStart(String setting, String value, String why) {
    TestServer.Preparation bad =
        TestServer.in(home.resolve("bad"))
            .set("pulzar.access.oidc.issuer", provider.issuer())
            .set("pulzar.access.oidc.client-id", "pulzar")
            .set(setting, value);
    assertThatThrownBy(bad::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(why);
  }
}
