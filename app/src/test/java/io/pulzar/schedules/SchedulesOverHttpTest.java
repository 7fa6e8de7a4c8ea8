package io.pulzar.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of schedules, with a master, a node and played workers. */
final class SchedulesOverHttpTest {

  private static final String HOURLY = "{\"interval\": \"hours\", \"time_unit\": 24}";
  private static final Pattern NUMBER = Pattern.compile("\"job_id\":(\\d+)");
  private static final ScriptedPython PYTHON = new ScriptedPython(2);

  @TempDir private static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    Path jobs = directory.resolve("jobs");
    Files.createDirectories(jobs.resolve("a"));
    for (String name : new String[] {"Fine", "Waits", "Fails"}) {
      Files.writeString(
          jobs.resolve("a").resolve(name.toLowerCase(Locale.ROOT) + ".py"),
          "class %s:\n    def execute(self):\n        '''\n        Description: x\n        '''\n"
              .formatted(name));
    }
    PYTHON.on(
        "a/fine",
        (call, listener, canceled) -> {
          listener.log("at work\n");
          listener.output("done");
          return ScriptedPython.OK;
        });
    PYTHON.on(
        "a/waits",
        (call, listener, canceled) -> {
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    PYTHON.on(
        "a/fails",
        (call, listener, canceled) -> {
          listener.log("about to fail\n");
          return new Outcome.Raised("ValueError", "on purpose", "");
        });
    server =
        TestServer.in(directory)
            .python(() -> PYTHON)
            .set("pulzar.jobs.dir", jobs.toString())
            .set("pulzar.server.grace", "100ms")
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aScheduleIsListedWithItsPlan() {
    HttpResponse<String> answer = schedule("a/fine", HOURLY, "\"note\": \"x\", ");
    long id = id(answer);
    assertThat(answer.body()).contains("\"msg\":\"Job added with id " + id + "\"");
    assertThat(get("/admin/scheduled_jobs").body())
        .containsPattern(
            "\\{\"job_id\":%d,\"job_name\":\"fine\",\"job_path\":\"a/fine\",".formatted(id)
                + "\"parameters\":\"\\{\\\\\"note\\\\\":\\\\\"x\\\\\"}\",\"parameters_cut\":false,\"creation_time\":\"[^\"]+\","
                + "\"interval\":\"hours\",\"time_unit\":24,\"repeat\":1,"
                + "\"next_execution\":\"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\+00:00\","
                + "\"state\":\"scheduled\"");
    assertThat(get("/admin/jobs").body()).contains("\"scheduled\":[{\"job_id\":");
    assertThat(details(id))
        .contains("\"last_executions\":[]")
        .contains("\"misfire\":\"once\",\"overlap\":\"queue_one\",\"jitter\":\"0s\"");
  }

  @Test
  void aRunComesAtItsTimeAndIsKept() {
    Instant due = Instant.now().plusSeconds(2);
    long id = id(schedule("a/fine", "{\"at\": \"" + due + "\"}", "\"n\": 1, "));
    awaitRun(id);
    assertThat(details(id))
        .containsPattern("\"last_executions\":\\[\\{\"exec_id\":\\d+,\"state\":\"ok\",")
        .contains(
            "\"log\":\"at work\\n\",\"log_cut\":false,\"output\":\"done\",\"output_cut\":false")
        .contains("\"state\":\"finished\"")
        .contains("\"next_execution\":null")
        .contains("\"counts\":{\"runs\":1,\"missed\":0,\"overlapped\":0}");
    assertThat(get("/admin/scheduled_jobs/ok").body())
        .containsPattern("\"exec_id\":\\d+,\"job_id\":" + id + ",\"job_name\":\"fine\"");
    assertThat(PYTHON.calls)
        .anyMatch(
            call ->
                call.arguments().startsWith("{\"n\":1,\"job_id\":")
                    && call.arguments().contains("\"_pulzar_config\":{\"scheduled\":true}"));
  }

  @Test
  void aRunThatFailsIsAmongTheFailedOnes() {
    long id = id(schedule("a/fails", HOURLY, ""));
    assertThat(post("/admin/scheduled_jobs/" + id + "/run").statusCode()).isEqualTo(200);
    awaitRun(id);
    assertThat(details(id)).contains("\"state\":\"failed\"").contains("ValueError: on purpose");
    assertThat(get("/admin/scheduled_jobs/failed").body()).contains("\"job_id\":" + id + ",");
    assertThat(get("/admin/scheduled_jobs/ok").body()).doesNotContain("\"job_id\":" + id + ",");
  }

  @Test
  void runNowIsOneMoreRunBesideThePlan() {
    long id = id(schedule("a/fine", HOURLY, ""));
    String before = next(id);
    assertThat(post("/admin/scheduled_jobs/" + id + "/run").body())
        .contains("\"msg\":\"Job started with id " + id + "\"");
    awaitRun(id);
    assertThat(next(id)).isEqualTo(before);
  }

  @Test
  void whatIsPausedHasNoDueTimeUntilItIsResumed() {
    long id = id(schedule("a/fine", HOURLY, ""));
    for (int twice = 0; twice < 2; twice++) {
      assertThat(post("/admin/scheduled_jobs/" + id + "/pause").body())
          .contains("\"state\":\"paused\",\"next_execution\":null");
    }
    for (int twice = 0; twice < 2; twice++) {
      assertThat(post("/admin/scheduled_jobs/" + id + "/resume").body())
          .contains("\"state\":\"scheduled\",\"next_execution\":\"2");
    }
  }

  @Test
  void whatIsCanceledStaysCanceled() {
    long id = id(schedule("a/fine", HOURLY, ""));
    for (int twice = 0; twice < 2; twice++) {
      HttpResponse<String> canceled = post("/cancel_job/" + id);
      assertThat(canceled.statusCode()).isEqualTo(200);
      assertThat(canceled.body()).contains("\"msg\":\"Job canceled with id " + id + "\"");
    }
    for (String wish : new String[] {"pause", "resume", "run"}) {
      HttpResponse<String> refused = post("/admin/scheduled_jobs/" + id + "/" + wish);
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("\"code\":\"schedule_over\"");
    }
    assertThat(details(id)).contains("\"state\":\"canceled\"");
  }

  @Test
  void aRunUnderWayGoesOnWhenItsScheduleIsCanceled() {
    long id = id(schedule("a/waits", HOURLY, ""));
    post("/admin/scheduled_jobs/" + id + "/run");
    Await.until("the run is at work", () -> job(running(id)).contains("\"state\":\"running\""));
    long run = running(id);
    post("/cancel_job/" + id);
    assertThat(job(run)).contains("\"state\":\"running\"");
    post("/admin/jobs/" + run + "/cancel");
    awaitRun(id);
    assertThat(details(id)).contains("\"exec_id\":" + run + ",\"state\":\"canceled\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999", "abc", "-1", "99999999999999999999"})
  void anUnknownScheduleIsNotFound(String id) {
    assertThat(post("/cancel_job/" + id).statusCode()).isEqualTo(404);
    assertThat(get("/admin/scheduled_jobs/" + id).statusCode()).isEqualTo(404);
    assertThat(post("/admin/scheduled_jobs/" + id + "/pause").statusCode()).isEqualTo(404);
    assertThat(post("/admin/scheduled_jobs/" + id + "/run").body()).contains("schedule_not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"interval\": \"months\", \"time_unit\": 1} | scheduled.interval",
        "{\"interval\": \"hours\", \"time_unit\": 0} | scheduled.time_unit",
        "{\"cron\": \"every day\"} | scheduled.cron",
        "{\"cron\": \"0 9 * * *\", \"timezone\": \"Mars/Base\"} | scheduled.timezone",
        "{\"at\": \"2020-01-01T00:00:00Z\"} | scheduled.at",
        "{\"at\": \"2099-01-01T00:00:00Z\", \"misfire\": \"never\"} | scheduled.misfire",
        "null | scheduled",
        "\"daily\" | scheduled",
        "{} | scheduled",
      })
  void whatMakesNoSenseIsRefusedWithItsField(String scheduled, String field) {
    HttpResponse<String> refused = schedule("a/fine", scheduled, "");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"code\":\"bad_schedule\"").contains(field + ":");
  }

  @Test
  void aScheduleIsNothingToWaitFor() {
    HttpResponse<String> refused = schedule("a/fine?wait=1s", HOURLY, "");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"code\":\"bad_wait\"").contains("scheduled");
  }

  @Test
  void aScriptThatIsNotThereIsNotFound() {
    assertThat(schedule("a/nosuch", HOURLY, "").statusCode()).isEqualTo(404);
  }

  @Test
  void theSameIdempotencyKeyRecordsOneSchedule() {
    String soon = "{\"at\": \"" + Instant.now().plusSeconds(2) + "\"}";
    String[] header = {"Idempotency-Key", "weekly-7"};
    long first = id(schedule("a/fine", soon, "", header));
    assertThat(id(schedule("a/fine", soon, "", header))).isEqualTo(first);
    awaitRun(first);
    assertThat(id(schedule("a/fine", soon, "", header))).as("its moment passed").isEqualTo(first);
    long job =
        id(server.send("POST", server.master("/launch_job/a/fine"), "{}", "Idempotency-Key", "j7"));
    assertThat(id(schedule("a/fine", HOURLY, "", "Idempotency-Key", "j7")))
        .as("a job's key is another one")
        .isNotEqualTo(job);
  }

  @Test
  void aRunWhoseDataIsGoneFailsAndSaysSo() {
    long id = id(schedule("a/fine", HOURLY, "\"pulzar_data\": \"/not/there\", "));
    post("/admin/scheduled_jobs/" + id + "/run");
    awaitRun(id);
    assertThat(details(id)).contains("\"state\":\"failed\"").contains("/not/there");
  }

  @Test
  void theMetricsTellWhatWasFiredAndHowLate() {
    long id = id(schedule("a/fine", "{\"at\": \"" + Instant.now().plusSeconds(2) + "\"}", ""));
    awaitRun(id);
    assertThat(get("/metrics").body())
        .containsPattern("pulzar_schedules_fired_total [1-9]")
        .contains("pulzar_schedules_due 0.0")
        .containsPattern("pulzar_schedules_scheduled \\d")
        .contains("pulzar_schedules_left_out_total{policy=\"misfire\"} ")
        .containsPattern("pulzar_schedules_lateness_seconds_count [1-9]");
  }

  @Test
  void overlappingRunsWaitForEachOther() {
    long id = id(schedule("a/waits", "{\"cron\": \"* * * * * *\", \"max_runs\": 2}", ""));
    Await.until("one waits", () -> details(id).contains("\"waiting\":[\"2") && running(id) > 0);
    long first = running(id);
    post("/admin/jobs/" + first + "/cancel");
    Await.until("the next one runs", () -> running(id) > first);
    post("/admin/jobs/" + running(id) + "/cancel");
    Await.until("both are over", () -> details(id).contains("\"running\":[]"));
    assertThat(details(id)).contains("\"state\":\"finished\"").contains("\"counts\":{\"runs\":2,");
  }

  private static HttpResponse<String> schedule(
      String script, String scheduled, String parameters, String... headers) {
    String body = "{" + parameters + "\"scheduled\": " + scheduled + "}";
    return server.send("POST", server.master("/launch_job/" + script), body, headers);
  }

  private static HttpResponse<String> get(String path) {
    return server.send("GET", server.master(path), "");
  }

  private static HttpResponse<String> post(String path) {
    return server.send("POST", server.master(path), "");
  }

  private static String details(long id) {
    return get("/admin/scheduled_jobs/" + id).body();
  }

  private static String job(long id) {
    return get("/admin/jobs/" + id).body();
  }

  private static String next(long id) {
    return first(details(id), "\"next_execution\":\"([^\"]+)\"");
  }

  /** The job of the run under way; 0 while there is none. */
  private static long running(long id) {
    Matcher matcher = Pattern.compile("\"running\":\\[(\\d+)").matcher(details(id));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private static void awaitRun(long id) {
    Await.until("schedule " + id + " has run", () -> details(id).contains("\"exec_id\":"));
  }

  private static long id(HttpResponse<String> answer) {
    return Long.parseLong(first(answer.body(), NUMBER.pattern()));
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
