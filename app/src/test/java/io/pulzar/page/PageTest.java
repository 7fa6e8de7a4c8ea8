package io.pulzar.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.roles.Role;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the page's files are served; what they do is tested with a browser. */
final class PageTest {

  private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\\s*\"([^\"]+)\"");
  private static final int MOST_BYTES = 400 << 10;

  @TempDir private static Path home;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(home).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void thePageRunsNothingInlineAndAsksOnlyUsAndOurNodes() {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "content-security-policy"))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("<style").doesNotContain("{files}");
    assertThat(page.body()).doesNotContainPattern("https?://").doesNotContainPattern(" on\\w+=");
    assertThat(scripts(page.body())).allMatch(tag -> tag.contains(" src=\""));
  }

  @Test
  void theManualIsAPageOfTheSameLookThatRunsNothing() {
    HttpResponse<String> page = get("/docs");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "content-security-policy"))
        .contains("default-src 'none'", "style-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("script", "unsafe");
    assertThat(page.body())
        .doesNotContain("<script", "<style", "style=", "{files}", "{contents}", "{text}")
        .doesNotContainPattern(" on\\w+=");
    assertThat(page.body())
        .contains(
            "<h3 id=\"put-add_keykey\"><a href=\"#put-add_keykey\"><code>PUT /add_key/{key}</code>")
        .contains("<details><summary>Values</summary>", "<td><code>ttl</code></td>")
        .contains("finance/**", "&quot;status&quot;: &quot;ok&quot;");
    assertThat(page.body().lines().filter(line -> line.startsWith("<h3 "))).hasSizeGreaterThan(100);
    Matcher linked = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page.body());
    assertThat(linked.results().map(found -> found.group(1)).distinct())
        .allSatisfy(
            target -> {
              if (target.startsWith("#")) {
                assertThat(page.body()).contains("id=\"" + target.substring(1) + "\"");
              } else {
                assertThat(get(target).statusCode()).as(target).isEqualTo(200);
              }
            });
    HttpResponse<String> same =
        server.send("GET", server.master("/docs"), "", "If-None-Match", header(page, "etag"));
    assertThat(same.statusCode()).isEqualTo(304);
  }

  @Test
  void thePageIsAskedForAgainAndItsFilesAreKeptForEver() {
    HttpResponse<String> page = get("/");
    assertThat(header(page, "cache-control")).isEqualTo("no-cache");
    HttpResponse<String> same =
        server.send("GET", server.master("/"), "", "If-None-Match", header(page, "etag"));
    assertThat(same.statusCode()).isEqualTo(304);
    HttpResponse<String> file = get(folder() + "main.js");
    assertThat(header(file, "cache-control")).contains("immutable");
    assertThat(header(file, "content-type")).isEqualTo("text/javascript; charset=utf-8");
  }

  @Test
  void filesAreCompressedForWhoAsksForThat() {
    HttpResponse<String> plain = get(folder() + "style.css");
    HttpResponse<String> compressed =
        server.send(
            "GET", server.master(folder() + "style.css"), "", "Accept-Encoding", "gzip, br");
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(header(compressed, "content-encoding")).isEqualTo("gzip");
    assertThat(header(compressed, "vary")).containsIgnoringCase("accept-encoding");
    assertThat(length(compressed)).isLessThan(length(plain) / 2);
  }

  @Test
  void filesOfAnotherVersionAreGone() {
    HttpResponse<String> answer = get("/page/0123456789abcdef0123/main.js");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("no_such_file", "reload");
    assertThat(get(folder() + "../../application.yml").statusCode()).isIn(400, 404);
    assertThat(get(folder() + "%2e%2e/PageFile.class").statusCode()).isEqualTo(404);
  }

  @Test
  void everyImportLeadsToAFile() {
    PageFiles files = server.context(Role.MASTER).getBean(PageFiles.class);
    List<String> missing = new ArrayList<>();
    for (String path : files.paths()) {
      if (path.endsWith(".js")) {
        String text = text(files, path);
        for (MatchResult found : IMPORT.matcher(text).results().toList()) {
          String target = URI.create("/" + path).resolve(found.group(1)).getPath().substring(1);
          if (files.find(target).isEmpty()) {
            missing.add(path + " imports " + found.group(1));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void allFilesTogetherAreSmall() {
    PageFiles files = server.context(Role.MASTER).getBean(PageFiles.class);
    long sum = files.first().bytes().length;
    for (String path : files.paths()) {
      sum += files.find(path).orElseThrow().bytes().length;
    }
    assertThat(sum).isLessThan(MOST_BYTES);
  }

  @Test
  void whoAsksLearnsWhatTheyMayDo() {
    assertThat(get("/access/me").body()).contains("\"rights\":[\"view\",\"run\"");
  }

  @Test
  void settingsAreShownWithTheirOriginAndSecretOnesWithoutTheirValue() {
    String settings = get("/admin/settings").body();
    assertThat(settings)
        .contains("\"name\":\"pulzar.server.port\",\"value\":\"0\",\"origin\":\"the command line\"")
        .containsPattern("\"name\":\"pulzar.server.key\",\"value\":\"\"[^}]*\"secret\":true");
  }

  private static String text(PageFiles files, String path) {
    return new String(files.find(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> scripts(String page) {
    return Pattern.compile("<script[^>]*>")
        .matcher(page)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static String folder() {
    Matcher folder = Pattern.compile("/page/\\w+/").matcher(get("/").body());
    assertThat(folder.find()).isTrue();
    return folder.group();
  }

  private static HttpResponse<String> get(String path) {
    return server.send("GET", server.master(path), "");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static long length(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("content-length").orElseThrow();
  }
}
