package io.pulzar.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources over HTTP: saved whole or not at all, never over somebody else's, never lost. */
final class EditorTest {

  private static final String FIRST = "def main():\n    return 1\n";
  private static final String SECOND = "def main():\n    return 2\n";

  @TempDir private Path directory;
  private final ScriptedPython python = new ScriptedPython(2);
  private Path jobs;
  private Path extensions;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    jobs = Files.createDirectories(directory.resolve("jobs"));
    extensions = Files.createDirectories(directory.resolve("extensions"));
    server = prepared().start();
  }

  private TestServer.Preparation prepared() {
    return TestServer.in(directory)
        .set("pulzar.jobs.dir", jobs.toString())
        .set("pulzar.extensions.dir", extensions.toString())
        .set("pulzar.editor.largest", "1KB")
        .set("pulzar.editor.versions", "3")
        .set("pulzar.editor.test-runs", "1")
        .python(() -> python);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aNewScriptIsThereAtOnceAndOnTheDisk() throws IOException {
    HttpResponse<String> saved = put("jobs/reports/daily", FIRST, "If-None-Match", "*");
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);
    assertThat(saved.body()).contains("\"number\":1", "\"who\":\"anybody\"", "\"problems\":[]");
    assertThat(jobs.resolve("reports/daily.py")).hasContent(FIRST);
    assertThat(get("/admin/job_catalog")).contains("reports/daily");
    HttpResponse<String> read = ask("GET", "/admin/sources/jobs/reports/daily", "");
    assertThat(read.body()).isEqualTo(FIRST);
    assertThat(read.headers().firstValue("ETag"))
        .isEqualTo(saved.headers().firstValue("ETag"))
        .isPresent();
    assertThat(read.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/x-python");
    try (Stream<Path> files = Files.list(jobs.resolve("reports"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void nobodyWritesOverWhatSomebodyElseSavedMeanwhile() {
    String before = tag(put("jobs/a", FIRST));
    String now = tag(put("jobs/a", SECOND, "If-Match", before));
    HttpResponse<String> late = put("jobs/a", "def main(): pass\n", "If-Match", before);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(late.body()).contains("jobs/a.py is another one meanwhile");
    assertThat(put("jobs/a", FIRST, "If-None-Match", "*").statusCode()).isEqualTo(412);
    assertThat(put("jobs/b", FIRST, "If-Match", now).statusCode()).isEqualTo(412);
    assertThat(ask("DELETE", "/admin/sources/jobs/a", "", "If-Match", before).statusCode())
        .isEqualTo(412);
    assertThat(jobs.resolve("a.py")).hasContent(SECOND);
    assertThat(jobs.resolve("b.py")).doesNotExist();
  }

  @Test
  void whatWasBeforeIsKeptAlsoWhatWasChangedOnTheDisk() throws IOException {
    Files.writeString(jobs.resolve("a.py"), FIRST);
    put("jobs/a", SECOND);
    assertThat(get("/admin/source_versions/jobs/a"))
        .containsSubsequence("\"number\":2", "\"who\":\"anybody\"", "\"number\":1", "\"who\":\"\"");
    assertThat(get("/admin/source_versions/jobs/a?number=1")).contains("return 1");
    assertThat(ask("DELETE", "/admin/sources/jobs/a", "").statusCode()).isEqualTo(200);
    assertThat(jobs.resolve("a.py")).doesNotExist();
    assertThat(get("/admin/source_versions/jobs/a"))
        .contains("\"number\":3", "\"deleted\":true", "\"number\":2");
    put("jobs/a", FIRST);
    assertThat(get("/admin/source_versions/jobs/a"))
        .contains("\"number\":4")
        .as("the oldest go")
        .doesNotContain("\"number\":1,");
    assertThat(ask("GET", "/admin/source_versions/jobs/a?number=1", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void versionsAreThereAfterARestart() {
    put("jobs/a", FIRST);
    put("jobs/a", SECOND);
    server.close();
    server = prepared().start();
    assertThat(get("/admin/source_versions/jobs/a?number=1")).contains("return 1");
  }

  @Test
  void extensionsAreListedAndWrittenLikewise() {
    assertThat(put("extensions/greet", "class Greet: pass\n").statusCode()).isEqualTo(201);
    assertThat(extensions.resolve("greet.py")).exists();
    assertThat(get("/admin/extensions")).contains("\"name\":\"greet\"", "\"size\":18");
    for (String bad : List.of("a/b", "1a", "a-b", "..", "%2e%2e", "a%2fb", "")) {
      HttpResponse<String> answer = put("extensions/" + bad, FIRST);
      assertThat(answer.statusCode()).as(bad).isIn(400, 404);
    }
  }

  @Test
  void noNameAndNoLinkLeadsOutOfTheDirectory() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("kept.py"), FIRST);
    Files.createSymbolicLink(jobs.resolve("door"), outside);
    Files.createSymbolicLink(jobs.resolve("window.py"), outside.resolve("kept.py"));
    for (String name :
        List.of("jobs/../outside/kept", "jobs/%2e%2e/outside/kept", "jobs/..%2foutside%2fkept")) {
      assertThat(put(name, SECOND).statusCode()).as(name).isIn(400, 404);
    }
    for (String name : List.of("jobs/door/kept", "jobs/door/new", "jobs/window")) {
      HttpResponse<String> answer = put(name, SECOND);
      assertThat(answer.statusCode()).as(name).isEqualTo(409);
      assertThat(answer.body()).contains("linked_elsewhere");
      assertThat(ask("GET", "/admin/sources/" + name, "").statusCode()).as(name).isEqualTo(404);
    }
    assertThat(outside.resolve("kept.py")).hasContent(FIRST);
    assertThat(outside.resolve("new.py")).doesNotExist();
  }

  @Test
  void whatIsNoSourceIsRefusedAndChangesNothing() {
    put("jobs/a", FIRST);
    HttpResponse<String> large = put("jobs/a", "#".repeat(1025));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("pulzar.editor.largest");
    byte[] broken = "x = '\u00e4'".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(server.send("PUT", server.master("/admin/sources/jobs/a"), broken).statusCode())
        .isEqualTo(400);
    assertThat(put("records/a", FIRST).statusCode()).isEqualTo(404);
    assertThat(jobs.resolve("a.py")).hasContent(FIRST);
    assertThat(put("jobs/bad", "def main():\n    '''\n    Timeout: soon\n    '''\n").body())
        .contains("timeout makes no sense");
  }

  @Test
  void aDirectoryOfTheNameIsNoFile() throws IOException {
    Files.createDirectories(jobs.resolve("a.py"));
    assertThat(put("jobs/a", FIRST).body()).contains("not_a_file");
  }

  @Test
  void whereTheServerMayNotWriteItSaysSoAndKeepsNoVersion() {
    server.close();
    // No file can be made in there, not even by root.
    server = prepared().set("pulzar.jobs.dir", "/sys/kernel").start();
    HttpResponse<String> answer = put("jobs/a", FIRST);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("scripts_are_read_only");
    assertThat(get("/admin/source_versions/jobs/a")).contains("\"data\":[]");
  }

  @Test
  void aFileThatIsNotUtf8IsNeitherShownNorReplacedByWhatItIsNot() throws IOException {
    byte[] latin =
        "# -*- coding: latin-1 -*-\nx = '\u00e4'\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(jobs.resolve("old.py"), latin);
    for (HttpResponse<String> answer :
        List.of(
            ask("GET", "/admin/sources/jobs/old", ""),
            put("jobs/old", FIRST),
            ask("DELETE", "/admin/sources/jobs/old", ""))) {
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("source_not_utf8");
    }
    assertThat(jobs.resolve("old.py")).hasBinaryContent(latin);
  }

  @Test
  void aDraftRunsAmongItsSiblingsAndIsSavedNowhere() throws IOException {
    Files.createDirectories(jobs.resolve("shop"));
    Files.writeString(jobs.resolve("shop/prices.py"), "PRICE = 3\n");
    Files.writeString(jobs.resolve("shop/bill.py"), FIRST);
    python.on(
        "shop/bill",
        (call, listener, canceled) -> {
          listener.log("a line\n");
          listener.output("put out");
          return new Outcome.Completed(
              "{\"ok\":true,\"result\":%s}".formatted(seen(call.script().root())));
        });
    HttpResponse<String> run =
        ask(
            "POST",
            "/admin/test_runs/jobs/shop/bill",
            "{\"source\": \"# a draft\", \"parameters\": {\"n\": 1}}");
    assertThat(run.statusCode()).as(run.body()).isEqualTo(200);
    assertThat(run.body())
        .contains("\"state\":\"completed\"", "a line", "put out")
        .contains("\"result\":[\"# a draft\",\"PRICE = 3\\n\"]");
    assertThat(jobs.resolve("shop/bill.py")).hasContent(FIRST);
    assertThat(python.calls.element().isolation()).isEqualTo(Isolation.FRESH);
    assertThat(python.calls.element().arguments()).contains("\"n\":1");
    assertThat(directory.resolve("home").resolve("drafts")).isEmptyDirectory();
    assertThat(get("/admin/all_jobs")).doesNotContain("shop/bill");
  }

  private static String seen(Path root) {
    try {
      return "[\"%s\",\"%s\"]"
          .formatted(
              Files.readString(root.resolve("shop/bill.py")),
              Files.readString(root.resolve("shop/prices.py")).replace("\n", "\\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDraftThatFailsSaysWhyAndOneWithBadLimitsIsNotRun() {
    python.on(
        "a",
        (call, listener, canceled) -> new Outcome.Raised("ValueError", "no", "a.py:1 in main"));
    assertThat(test("jobs/a", "{\"source\": \"x\"}").body())
        .contains("\"state\":\"failed\"", "ValueError: no", "a.py:1 in main");
    HttpResponse<String> bad =
        test("jobs/a", "{\"source\": \"def main():\\n    '''\\n    Timeout: soon\\n    '''\\n\"}");
    assertThat(bad.statusCode()).isEqualTo(422);
    assertThat(bad.body()).contains("timeout makes no sense");
    for (String body : List.of("", "[]", "{", "{\"parameters\": {}}", "{\"source\": []}")) {
      assertThat(test("jobs/a", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(test("jobs/a", "{\"source\": \"x\", \"parameters\": [1]}").statusCode())
        .isEqualTo(400);
    assertThat(test("jobs/a", "{\"source\": \"" + "#".repeat(2000) + "\"}").statusCode())
        .isEqualTo(413);
  }

  @Test
  void moreTestRunsThanTheSettingAllowsHaveToWait() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    python.on(
        "slow",
        (call, listener, canceled) -> {
          running.countDown();
          enough.await();
          return ScriptedPython.OK;
        });
    Thread first = Thread.startVirtualThread(() -> test("jobs/slow", "{\"source\": \"x\"}"));
    running.await();
    HttpResponse<String> second = test("jobs/slow", "{\"source\": \"x\"}");
    enough.countDown();
    first.join();
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.body()).contains("pulzar.editor.test-runs");
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    assertThat(test("jobs/slow", "{\"source\": \"x\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void whereTheEditorIsOffNothingChangesAndAllCanBeRead() throws IOException {
    Files.writeString(jobs.resolve("a.py"), FIRST);
    server.close();
    server = prepared().set("pulzar.editor.active", "false").start();
    assertThat(get("/admin/sources/jobs/a")).isEqualTo(FIRST);
    assertThat(put("jobs/a", SECOND).statusCode()).isEqualTo(403);
    assertThat(ask("DELETE", "/admin/sources/jobs/a", "").statusCode()).isEqualTo(403);
    HttpResponse<String> run = test("jobs/a", "{\"source\": \"x\"}");
    assertThat(run.statusCode()).isEqualTo(403);
    assertThat(run.body()).contains("pulzar.editor.active");
    assertThat(jobs.resolve("a.py")).hasContent(FIRST);
  }

  private HttpResponse<String> put(String file, String text, String... headers) {
    return ask("PUT", "/admin/sources/" + file, text, headers);
  }

  private HttpResponse<String> test(String file, String body) {
    return ask("POST", "/admin/test_runs/" + file, body, "Content-Type", "application/json");
  }

  private String get(String path) {
    HttpResponse<String> answer = ask("GET", path, "");
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> ask(String method, String path, String body, String... headers) {
    return server.send(method, server.master(path), body, headers);
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }
}
