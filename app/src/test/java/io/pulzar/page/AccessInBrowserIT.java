package io.pulzar.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.access.FirstAdministrator;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.oidc.TestProvider;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signing in and out, and the pages for administrators, in a real browser. Skipped where Chromium
 * and its driver are not installed.
 */
@Tag("slow")
final class AccessInBrowserIT {

  private static final String PASSWORD = "correct horse battery";
  private static final Pattern TOKEN = Pattern.compile("pzr_[A-Za-z0-9_-]{40,}");

  @TempDir private static Path directory;
  @TempDir private static Path profile;
  private static TestProvider provider;
  private static TestServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Browser.isInstalled(), "chromium and chromium-driver are not installed");
    provider = TestProvider.start();
    server =
        TestServer.in(directory)
            .set("pulzar.auth", "on")
            .set("pulzar.access.oidc.issuer", provider.issuer())
            .set("pulzar.access.oidc.client-id", TestProvider.CLIENT)
            .set("pulzar.access.oidc.client-secret", TestProvider.SECRET)
            .python(() -> new ScriptedPython(1))
            .start();
    browser = Browser.open(server.master("/"), profile);
    browser.size(1440, 900);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      server.close();
      provider.close();
    }
  }

  @BeforeEach
  void signInAsAdministrator() {
    browser.forget();
    String link = server.context(Role.MASTER).getBean(FirstAdministrator.class).signInPath();
    browser.go(link.substring(1));
    browser.see("signed in as");
  }

  @Test
  void aPersonIsAddedSignsInSeesNoPagesForAdministratorsAndChangesThePassword() {
    browser.go("#/access");
    browser.press("Add a person");
    browser.write("Name", "jane");
    browser.write("Password", PASSWORD);
    browser.write("What they may do, one role a line", "owner");
    browser.press("Add");
    browser.see("'owner' is not a role");
    browser.write("What they may do, one role a line", "runner finance/**");
    browser.press("Add");
    browser.see("user added", "runner finance/**");
    signOut();
    signIn("jane", "wrong password");
    browser.see("the name or the password is wrong");
    signIn("jane", PASSWORD);
    browser.see("signed in as jane");
    assertThat(browser.text()).doesNotContain("Audit");
    browser.go("?jane#/audit");
    browser.see("this needs the right 'administer'");
    browser.go("?jane2#/account");
    browser.press("Change the password");
    browser.write("New password", "another good one");
    browser.write("The same again", "another bad one");
    browser.press("Change it");
    browser.see("two different passwords");
    browser.write("The same again", "another good one");
    browser.press("Change it");
    browser.see("Sign in with single sign-on");
    signIn("jane", "another good one");
    browser.see("signed in as jane");
  }

  @Test
  void aTokenIsShownOnceAndRevoked() {
    browser.go("#/access?tab=tokens");
    browser.press("Make a token");
    browser.write("Name", "nightly");
    browser.write("Ends after", "90d");
    browser.press("Make it");
    browser.see("Copy it now");
    Matcher text = TOKEN.matcher(browser.text());
    assertThat(text.find()).isTrue();
    assertThat(asked(text.group())).isEqualTo(200);
    browser.press("I have it");
    browser.seeNot(text.group());
    browser.see("nightly", "runner");
    browser.press("Revoke");
    browser.press("Revoke it");
    browser.see("token revoked");
    assertThat(asked(text.group())).isEqualTo(401);
  }

  private static int asked(String token) {
    return server
        .send("GET", server.master("/admin/all_jobs"), "", "Authorization", "Bearer " + token)
        .statusCode();
  }

  @Test
  void aGroupGetsARoleAndItsPeopleSignInAtTheProvider() {
    browser.go("#/access?tab=grants");
    browser.press("Add a folder or group");
    browser.write("For", "group:accounting");
    browser.write("What they may do, one role a line", "viewer");
    browser.press("Add");
    browser.see("grants of group:accounting set");
    signOut();
    browser.go("?provider#/runs");
    browser.press("Sign in with single sign-on");
    browser.see("signed in as oidc:jane@example.org", "Nothing has run yet");
    assertThat(browser.place()).isEqualTo("#/runs");
  }

  @Test
  void theAuditLogIsSearchedAndExported() {
    server.send("GET", server.master("/access/users"), "");
    browser.go("#/audit");
    browser.see("GET /access/users");
    browser.choose("Outcome", "done");
    browser.seeNot("GET /access/users");
    browser.choose("Outcome", "refused");
    browser.see("GET /access/users");
    browser.write("Search the audit log", "nothing is like this");
    browser.see("Nothing is like that");
    browser.write("Search the audit log", "/access/users");
    browser.see("GET /access/users");
    browser.run(
        "window.saved = []; URL.createObjectURL = b => { saved.push(b); return 'blob:x'; };"
            + "HTMLAnchorElement.prototype.click = () => {}; URL.revokeObjectURL = () => {}");
    browser.press("Export");
    Await.until(
        "it is a file", () -> Long.valueOf(1).equals(browser.run("return window.saved.length")));
    assertThat(String.valueOf(browser.run("return window.saved[0].text()")))
        .contains("\"what\":\"GET /access/users\"");
  }

  @Test
  void anotherBrowserIsSignedOut() {
    String link = server.context(Role.MASTER).getBean(FirstAdministrator.class).signInPath();
    String other =
        server
            .send("GET", server.master(link), "")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceAll(";.*", "");
    browser.go("#/access?tab=sessions");
    browser.see("this browser", "one-time link");
    Await.until(
        "the other is out",
        () -> {
          browser.run(
              "[...document.querySelectorAll('tbody tr')].find(row =>"
                  + " !row.textContent.includes('this browser'))?.querySelector('button').click()");
          return server
                  .send("GET", server.master("/admin/all_jobs"), "", "Cookie", other)
                  .statusCode()
              == 401;
        });
    browser.see("ended");
  }

  private static void signOut() {
    browser.go("?out" + System.nanoTime() + "#/account");
    browser.press("Sign out");
    browser.see("Sign in with single sign-on");
  }

  private static void signIn(String name, String password) {
    browser.write("Name", name);
    browser.write("Password", password);
    browser.press("Sign in");
  }
}
