package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.polyglot.Outcome;
import io.pulzar.scripts.ScriptPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of jobs, with a master, a node and played workers. */
final class JobsOverHttpTest {

  private static final Pattern JOB_ID = Pattern.compile("\"job_id\":(\\d+)");
  private static final ScriptedPython PYTHON = new ScriptedPython(2);

  @TempDir private static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    Path jobs = directory.resolve("jobs");
    for (String name :
        new String[] {"fine", "waits", "fails", "talks", "limited", "big", "draws"}) {
      Files.createDirectories(jobs.resolve("a"));
      Files.writeString(
          jobs.resolve("a").resolve(name + ".py"),
          "class %s:\n    def execute(self):\n        '''\n        Description: It %s\n        '''\n"
              .formatted(ScriptPath.className(name), name));
    }
    PYTHON.on(
        "a/waits",
        (call, listener, canceled) -> {
          listener.log("waiting\n");
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    PYTHON.on(
        "a/fails",
        (call, listener, canceled) -> {
          listener.log("about to fail\n");
          return new Outcome.Raised("ValueError", "on purpose", "a/fails.py:3 in execute");
        });
    PYTHON.on(
        "a/talks",
        (call, listener, canceled) -> {
          listener.log("one\n");
          listener.output("first");
          listener.log("two\nthree\n");
          listener.output("second");
          return ScriptedPython.OK;
        });
    PYTHON.on(
        "a/draws",
        (call, listener, canceled) -> {
          listener.log("1 of 2\r2 of 2\n");
          return ScriptedPython.OK;
        });
    PYTHON.on(
        "a/limited", (call, listener, canceled) -> new Outcome.TimedOut(Duration.ofSeconds(4)));
    server =
        TestServer.in(directory)
            .python(() -> PYTHON)
            .set("pulzar.jobs.dir", jobs.toString())
            .set("pulzar.jobs.parameters", "1KB")
            .set("pulzar.server.grace", "100ms")
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aLaunchIsAnsweredWithItsId() {
    HttpResponse<String> answer = launch("a/fine", "{\"x\": 1}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .matches(
            "\\{\"data\":\\{\"job_id\":(\\d+)},\"status\":\"ok\",\"msg\":\"Job added with id"
                + " \\1\"}");
  }

  @Test
  void whoWaitsGetsTheResult() {
    HttpResponse<String> answer = launch("a/talks?wait=30s", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"status\":\"completed\"")
        .contains("\"output\":\"first\\nsecond\"")
        .contains("\"log\":\"one\\ntwo\\nthree\\n\"")
        .contains("\"run_time\":0.02")
        .contains("\"attempt\":1");
  }

  @Test
  void whoWaitsTooShortlyIsToldThatItGoesOn() {
    HttpResponse<String> answer = launch("a/waits?wait=50ms", "");
    assertThat(answer.statusCode()).isEqualTo(202);
    cancel(jobOf(answer, "\"job\":\"(\\d+)\""));
  }

  @Test
  void theScriptSeesItsParametersAndItsId() {
    long job = id(launch("a/fine", "  {\"x\": [1, 2.50]} "));
    awaitEnd(job);
    assertThat(PYTHON.calls)
        .anyMatch(
            call ->
                call.arguments()
                    .equals(
                        "{\"x\": [1, 2.50],\"job_id\":%d,\"_pulzar_config\":{\"scheduled\":false},\"_pulzar_declared\":{}}"
                            .formatted(job)));
    assertThat(details(job)).contains("\"parameters\":\"{\\\"x\\\": [1, 2.50]}\"");
  }

  @Test
  void aScriptWhoseLimitIsNothingIsNotLaunched() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("jobs").resolve("nothing"));
    Files.writeString(
        folder.resolve("allowed.py"),
        "class Allowed:\n    def execute(self):\n        '''Memory: 0'''\n");
    HttpResponse<String> answer = launch("nothing/allowed", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("bad_limits", "nothing/allowed is not started", "it must be more than nothing");
    assertThat(PYTHON.calls).noneMatch(call -> call.script().name().equals("nothing/allowed"));
  }

  @Test
  void aScriptThatRaisesFailsWithItsError() {
    HttpResponse<String> answer = launch("a/fails?wait=30s", "");
    assertThat(answer.body())
        .contains("\"status\":\"failed\"")
        .contains("\"error\":\"ValueError: on purpose\"")
        .contains("about to fail\\na/fails.py:3 in execute");
  }

  @Test
  void aLimitIsNamed() {
    assertThat(launch("a/limited?wait=30s", "").body()).contains("the time limit of 4s passed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{text: 1", "[1, 2]", "\"text\"", "5", "null", "{} {}", "{\"a\":1}x"})
  void aBodyThatIsNotOneObjectIsRefused(String body) {
    HttpResponse<String> answer = launch("a/fine", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"bad_parameters\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/nosuch", "nosuch", "../a/fine", "a/%2e%2e/a/fine", "%2fetc/passwd"})
  void aScriptThatIsNotThereIsNotFound(String path) {
    assertThat(launch(path, "{}").statusCode()).isIn(400, 404);
  }

  @Test
  void parametersAreBounded() {
    HttpResponse<String> answer = launch("a/fine", "{\"x\": \"" + "y".repeat(2_000) + "\"}");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("\"code\":\"parameters_too_large\"");
  }

  @Test
  void theSameIdempotencyKeyStartsNothingNew() {
    String[] header = {"Idempotency-Key", "order-7"};
    long first = id(server.send("POST", server.master("/launch_job/a/fine"), "{}", header));
    assertThat(id(server.send("POST", server.master("/launch_job/a/fine"), "{}", header)))
        .isEqualTo(first);
  }

  @Test
  void anIdempotencyKeyStandsForOneWish() {
    String[] header = {"Idempotency-Key", "order-8"};
    server.send("POST", server.master("/launch_job/a/fine"), "{\"n\": 1}", header);
    for (String[] other :
        List.of(new String[] {"a/fine", "{\"n\": 2}"}, new String[] {"a/waits", "{\"n\": 1}"})) {
      HttpResponse<String> answer =
          server.send("POST", server.master("/launch_job/" + other[0]), other[1], header);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("idempotency_key_reused");
    }
  }

  @Test
  void aListShowsTheBeginningOfParametersAndOneJobAllOfThem() {
    String text = "x".repeat(900);
    long job = id(launch("a/fine", "{\"text\": \"" + text + "\"}"));
    awaitEnd(job);
    assertThat(server.send("GET", server.master("/admin/jobs"), "").body()).contains(text);
    // The longer the list may be, the shorter are its texts.
    assertThat(server.send("GET", server.master("/admin/jobs?limit=10000"), "").body())
        .contains("\"parameters_cut\":true")
        .doesNotContain("x".repeat(420));
    assertThat(details(job)).contains(text);
  }

  @Test
  void aRunningJobIsCanceledOnce() {
    long job = id(launch("a/waits", ""));
    Await.until("it runs", () -> state(job).contains("running"));
    assertThat(cancel(job).statusCode()).isEqualTo(200);
    awaitEnd(job);
    assertThat(state(job)).contains("\"state\":\"canceled\"");
    assertThat(details(job)).contains("waiting");
    assertThat(cancel(job).statusCode()).isEqualTo(409);
  }

  @Test
  void aRerunIsANewJobWithTheSameParameters() {
    long first = id(launch("a/fine", "{\"again\": true}"));
    awaitEnd(first);
    long second = id(server.send("POST", server.master("/admin/jobs/" + first + "/rerun"), ""));
    assertThat(second).isGreaterThan(first);
    assertThat(details(second)).contains("\\\"again\\\": true");
    awaitEnd(second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", "abc", "-1", "99999999999999999999"})
  void anUnknownJobIsNotFound(String job) {
    assertThat(get("/admin/jobs/" + job).statusCode()).isEqualTo(404);
    assertThat(get("/admin/jobs/" + job + "/log").statusCode()).isEqualTo(404);
    assertThat(
            server.send("POST", server.master("/admin/jobs/" + job + "/cancel"), "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void theLogIsPlainText() {
    long job = id(launch("a/talks", ""));
    awaitEnd(job);
    HttpResponse<String> log = get("/admin/jobs/" + job + "/log");
    assertThat(log.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(log.body()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void theLiveLogEndsWithTheJob() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    PYTHON.on(
        "a/big",
        (call, listener, canceled) -> {
          listener.log("before\n");
          goOn.await();
          listener.log("after\n");
          return ScriptedPython.OK;
        });
    long job = id(launch("a/big", ""));
    Await.until("the first line is stored", () -> get(logOf(job)).body().contains("before"));
    Thread release = Thread.startVirtualThread(goOn::countDown);
    String events = get(logOf(job), "Accept", "text/event-stream").body();
    release.join();
    assertThat(events)
        .isEqualTo(
            "id: 1-0\ndata: before\n\nid: 1-1\ndata: after\n\nevent: end\ndata: completed\n\n");
    assertThat(get(logOf(job), "Accept", "text/event-stream", "Last-Event-ID", "1-0").body())
        .isEqualTo("id: 1-1\ndata: after\n\nevent: end\ndata: completed\n\n");
  }

  @Test
  void theListsHaveTheShapeOfTheOriginal() {
    long job = id(launch("a/fine", "{\"list\": \"me\"}"));
    awaitEnd(job);
    assertThat(get("/admin/jobs").body())
        .contains("\"pendings\":[")
        .contains("\"scheduled\":[")
        .containsPattern(
            "\"ready\":\\[\\{\"job_id\":\\d+,\"job_name\":\"fine\",\"job_path\":\"a/fine\",")
        .contains("\"parameters\":\"{\\\"list\\\": \\\"me\\\"}\"");
    assertThat(get("/admin/all_jobs?limit=1").body()).contains("\"status\":\"completed\"");
    assertThat(get("/admin/jobs?limit=0").statusCode()).isEqualTo(400);
    assertThat(get("/admin/jobs?limit=x").statusCode()).isEqualTo(400);
    assertThat(get("/admin/jobs/" + job + "?filter=state").body())
        .contains("\"data\":{\"job\":\"" + job + "\",\"status\":\"completed\"}");
  }

  @Test
  void runsAreFoundPageByPage() {
    for (int n = 0; n < 3; n++) {
      awaitEnd(id(launch("a/limited", "{\"page\": 1}")));
    }
    String first = "/admin/all_jobs?script=a/limited&state=failed&limit=2";
    HttpResponse<String> page = get(first);
    assertThat(page.body())
        .contains("\"state\":\"failed\"", "\"error\":\"", "\"job_path\":\"a/limited\"");
    Matcher link =
        Pattern.compile("<(.*)>; rel=\"next\"")
            .matcher(page.headers().firstValue("Link").orElseThrow());
    assertThat(link.matches()).isTrue();
    assertThat(link.group(1)).contains("state=failed&limit=2&after=");
    assertThat(get(link.group(1)).body()).contains("\"job_path\":\"a/limited\"");
    assertThat(get("/admin/all_jobs?state=lost").statusCode()).isEqualTo(400);
  }

  @Test
  void detailsComeWithoutLogAndOutputForWhoAsks() {
    long job = id(launch("a/talks", ""));
    awaitEnd(job);
    assertThat(get("/admin/jobs/" + job + "?log=false").body())
        .contains("\"log\":\"\"", "\"output\":\"\"", "\"files\":[");
    assertThat(get("/admin/jobs/" + job + "/output").body()).isEqualTo("first\nsecond");
  }

  @Test
  void aLiveLogAsJsonKeepsCarriageReturns() {
    long job = id(launch("a/draws", ""));
    awaitEnd(job);
    assertThat(get(logOf(job) + "?json=true", "Accept", "text/event-stream").body())
        .contains("data: \"1 of 2\\r2 of 2\\n\"");
  }

  @Test
  void statisticsCountWhatEnded() {
    awaitEnd(id(launch("a/fine", "")));
    Await.until(
        "the end is counted",
        () ->
            get("/admin/statistics?hours=1")
                .body()
                .matches(".*\"total\":\\{\"completed\":[1-9].*"));
    assertThat(get("/admin/statistics?hours=168").body()).hasSizeLessThan(8 << 10);
    assertThat(get("/admin/statistics?hours=0").statusCode()).isEqualTo(400);
    assertThat(get("/admin/statistics?hours=999").statusCode()).isEqualTo(400);
  }

  @Test
  void aScriptIsShownWithItsSourceAndItsLimits() {
    assertThat(get("/admin/scripts/a/fine").body())
        .contains("\"source\":\"class Fine", "\"time\":{\"value\":\"1h\",\"chosen\":false}");
    assertThat(get("/admin/scripts/a/missing").statusCode()).isEqualTo(404);
    assertThat(get("/admin/scripts/a/%2e%2e/x").statusCode()).isIn(400, 404);
  }

  @Test
  void theCatalogTellsWhatScriptsSay() {
    assertThat(get("/admin/job_catalog").body())
        .containsPattern(
            "\\{\"path\":\"a/fine\",\"description\":\"It"
                + " fine\",\"args\":\"\",\"category\":\"[^\"]*\",\"author\":\"[^\"]*\"}");
    assertThat(get("/admin/job_catalog?nodes=true").body()).contains("\"nodes\":[");
  }

  @Test
  void aWaitThatIsNoDurationIsRefused() {
    assertThat(launch("a/fine?wait=soon", "").statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> launch(String path, String body) {
    return server.send("POST", server.master("/launch_job/" + path), body);
  }

  private static HttpResponse<String> get(String path, String... headers) {
    return server.send("GET", server.master(path), "", headers);
  }

  private static HttpResponse<String> cancel(long job) {
    return server.send("POST", server.master("/admin/jobs/" + job + "/cancel"), "");
  }

  private static String logOf(long job) {
    return "/admin/jobs/" + job + "/log";
  }

  private static String state(long job) {
    return get("/admin/jobs/" + job + "?log=false").body();
  }

  private static String details(long job) {
    return get("/admin/jobs/" + job).body();
  }

  private static void awaitEnd(long job) {
    Await.until(
        "job " + job + " ends",
        () -> !state(job).contains("pending") && !state(job).contains("running"));
  }

  private static long id(HttpResponse<String> answer) {
    return jobOf(answer, JOB_ID.pattern());
  }

  private static long jobOf(HttpResponse<String> answer, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(answer.body());
    assertThat(matcher.find()).as(answer.body()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
