package io.pulzar.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.access.TestTokens;
import io.pulzar.jobs.ScriptedPython;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LogLevelsOverHttpTest {

  private static final String PATH = "/admin/log_level";

  /** Nobody else logs here, since tests of one process share their loggers. */
  private static final String PART = "io.pulzar.only.here";

  @TempDir private static Path home;
  private static TestServer server;
  private static String administrator = "";
  private static String operator = "";

  @BeforeAll
  static void start() {
    server =
        TestServer.in(home).set("pulzar.auth", "on").python(() -> new ScriptedPython(1)).start();
    administrator = TestTokens.create(server, "jane", "administrator");
    operator = TestTokens.create(server, "olga", "operator");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> ask(String token, String method, URI url, String body) {
    return server.send(
        method, url, body, "Authorization", "Bearer " + token, "Content-Type", "application/json");
  }

  private static HttpResponse<String> set(String body) {
    return ask(administrator, "PUT", server.master(PATH), body);
  }

  private static String wish(String logger, String level) {
    return "{\"logger\": \"" + logger + "\", \"level\": " + level + "}";
  }

  @Test
  void aLevelHoldsAtOnceAndUntilItIsTakenBack() {
    Logger log = LoggerFactory.getLogger(PART + ".Part");
    assertThat(log.isDebugEnabled()).isFalse();
    HttpResponse<String> answer = set(wish(PART, "\"debug\""));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"" + PART + "\":\"debug\"");
    assertThat(log.isDebugEnabled()).isTrue();
    assertThat(set(wish(PART, "null")).body()).doesNotContain(PART);
    assertThat(log.isDebugEnabled()).isFalse();
  }

  @Test
  void aPartThatHadALevelGoesBackToThat() {
    set(wish("io.netty", "\"error\""));
    assertThat(LoggerFactory.getLogger("io.netty").isWarnEnabled()).isFalse();
    assertThat(set(wish("io.netty", "null")).body()).contains("\"io.netty\":\"warn\"");
  }

  @Test
  void theAuditLogSaysWhoSetWhat() {
    set(wish(PART + ".audited", "\"trace\""));
    set(wish(PART + ".audited", "null"));
    assertThat(ask(administrator, "GET", server.master("/access/audit"), "").body())
        .contains("PUT /admin/log_level " + PART + ".audited=trace")
        .contains("jane");
  }

  @Test
  void onlyAdministratorsMayAskOrSet() {
    for (URI url : new URI[] {server.master(PATH), server.node(PATH)}) {
      assertThat(ask(operator, "GET", url, "").statusCode()).isEqualTo(403);
      assertThat(ask(operator, "PUT", url, wish(PART, "\"off\"")).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aNodeIsAskedAndSetLikeAMaster() {
    String name = PART + ".node";
    assertThat(ask(administrator, "PUT", server.node(PATH), wish(name, "\"warn\"")).body())
        .contains(name);
    assertThat(ask(administrator, "GET", server.node(PATH), "").body()).contains(name);
    ask(administrator, "PUT", server.node(PATH), wish(name, "null"));
  }

  @Test
  void whatIsNoLevelOrNoLoggerIsRefusedWithTheCure() {
    assertThat(set(wish(PART, "\"loud\"")).body()).contains("bad_level", "error, warn, info");
    assertThat(set(wish("a b", "\"info\"")).body()).contains("bad_logger", "io.pulzar.jobs");
    assertThat(set(wish("a".repeat(300), "\"info\"")).body()).contains("bad_logger");
    assertThat(set("{").statusCode()).isEqualTo(400);
  }

  @Test
  void theNumberOfLevelsIsBounded() {
    int set = 0;
    while (set(wish(PART + ".many" + set, "\"info\"")).statusCode() == 200) {
      set++;
    }
    assertThat(set).isBetween(LogLevels.MOST - 20, LogLevels.MOST);
    assertThat(set(wish(PART + ".more", "\"info\"")).body()).contains("too_many_levels");
    for (int taken = 0; taken < set; taken++) {
      set(wish(PART + ".many" + taken, "null"));
    }
    assertThat(set(wish(PART + ".more", "\"info\"")).statusCode()).isEqualTo(200);
    set(wish(PART + ".more", "null"));
  }
}
