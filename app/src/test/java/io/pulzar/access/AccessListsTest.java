package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.rights.Grant;
import io.pulzar.roles.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of people and of what they did: page by page, and no page larger than a few megabytes. */
final class AccessListsTest {

  private static final int MOST_BYTES = 5 << 20;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  /** As long as a grant may be, and as many as somebody may have. */
  private static final List<Grant> LARGE =
      IntStream.range(0, 64)
          .mapToObj(at -> Grant.parse("runner " + "a".repeat(1_000) + at + "/**"))
          .toList();

  @TempDir private static Path home;
  private static TestServer server;
  private static String token = "";

  @BeforeAll
  static void start() {
    server =
        TestServer.in(home).set("pulzar.auth", "on").python(() -> new ScriptedPython(1)).start();
    token = server.context(Role.MASTER).getBean(FirstAdministrator.class).token().orElseThrow();
    AccessStore store = server.context(Role.MASTER).getBean(AccessStore.class);
    GrantStore grants = server.context(Role.MASTER).getBean(GrantStore.class);
    for (int at = 0; at < 150; at++) {
      String name = "n%03d".formatted(at);
      store.put(new User(name, "no password", LARGE, Instant.EPOCH)).toCompletableFuture().join();
      store.createToken(name, LARGE, Optional.empty()).toCompletableFuture().join();
      grants.put(Subject.parse("folder:" + name + "/**"), LARGE).toCompletableFuture().join();
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void listsOfPeopleTokensAndGrantsAreBoundedInBytesAndComplete() {
    for (String list : List.of("users", "tokens", "grants")) {
      List<String> pages = pages("/access/" + list);
      assertThat(pages).as(list).hasSizeGreaterThan(1).allMatch(AccessListsTest::isBounded);
      assertThat(
              pages.stream()
                  .mapToInt(page -> occurrences(page, "\"n\\d{3}\"|folder:n\\d{3}"))
                  .sum())
          .as(list)
          .isEqualTo(150);
    }
  }

  @Test
  void thePageOfAListHasAsManyAsWereAskedFor() {
    assertThat(pages("/access/users?limit=60"))
        .hasSize(3)
        .first()
        .satisfies(page -> assertThat(occurrences(page, "\"n\\d{3}\"")).isEqualTo(60));
    assertThat(get("/access/users?limit=0").statusCode()).isEqualTo(400);
    assertThat(get("/access/tokens?limit=1001").statusCode()).isEqualTo(400);
  }

  @Test
  void theAuditLogIsBoundedInBytesAndFoundByWhatItSays() {
    AuditLog log = server.context(Role.MASTER).getBean(AuditLog.class);
    Instant now = Instant.now();
    for (int at = 0; at < 3_000; at++) {
      String what = "PUT /add_key/" + "€".repeat(1_000) + at;
      log.add(
          new AuditEntry(
              now, at % 100 == 0 ? "Jane" : "john", "127.0.0.1", what, 200 + at % 2 * 203));
    }
    assertThat(isBounded(get("/access/audit?limit=1000").body())).isTrue();
    List<String> found = pages("/access/audit?text=jane&limit=20");
    assertThat(found.stream().mapToInt(page -> occurrences(page, "\"Jane\"")).sum()).isEqualTo(30);
    assertThat(found).noneMatch(page -> page.contains("\"john\""));
    assertThat(get("/access/audit?outcome=refused&text=john&limit=5").body())
        .contains("\"status\":403")
        .doesNotContain("\"status\":200");
    assertThat(get("/access/audit?outcome=done&text=john&limit=5").body())
        .contains("\"status\":200")
        .doesNotContain("\"status\":403");
    assertThat(get("/access/audit?since=2999-01-01T00:00:00Z").body()).contains("\"data\":[]");
    assertThat(get("/access/audit?since=yesterday").statusCode()).isEqualTo(400);
    assertThat(get("/access/audit?outcome=odd").statusCode()).isEqualTo(400);
  }

  @Test
  void anExportHasALineForEachEntryAndSaysWhereItGoesOn() {
    for (int at = 0; at < 5; at++) {
      assertThat(get("/access/users?limit=x" + at).statusCode()).isEqualTo(400);
    }
    server.send("POST", server.master("/access/sign_out"), "");
    HttpResponse<String> lines =
        server.send(
            "GET",
            server.master("/access/audit?limit=1"),
            "",
            "Authorization",
            "Bearer " + token,
            "Accept",
            "application/x-ndjson");
    assertThat(lines.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/x-ndjson");
    assertThat(lines.body().lines()).hasSize(1).allMatch(line -> line.startsWith("{\"number\":"));
  }

  private static boolean isBounded(String page) {
    return page.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES;
  }

  private static int occurrences(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  private static List<String> pages(String path) {
    List<String> pages = new ArrayList<>();
    Optional<String> next = Optional.of(path);
    while (next.isPresent()) {
      HttpResponse<String> answer = get(next.get());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      pages.add(answer.body());
      next = answer.headers().firstValue("Link").flatMap(AccessListsTest::target);
    }
    return pages;
  }

  private static Optional<String> target(String link) {
    Matcher found = NEXT.matcher(link);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static HttpResponse<String> get(String path) {
    return server.send("GET", server.master(path), "", "Authorization", "Bearer " + token);
  }
}
