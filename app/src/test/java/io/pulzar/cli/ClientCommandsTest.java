package io.pulzar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pulzar.Await;
import io.pulzar.CommandRun;
import io.pulzar.TestServer;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server that answers what the contract says. */
class ClientCommandsTest {

  private final CommandRun typed = new CommandRun(chosen -> settings());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, String> redirects = new HashMap<>();
  private Runnable slow = () -> {};
  private HttpServer server;
  @TempDir private Path directory;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void launchSendsTheParametersAsWhatTheyMean() {
    answers.put("POST /launch_job/example/factorial", ok("{\"job_id\": 7}"));
    assertThat(
            launch(
                "example/factorial", "number=5", "text=to be", "list=[1,2]", "on=true", "s=\"5\""))
        .isZero();
    assertThat(requests)
        .containsExactly(
            "POST /launch_job/example/factorial"
                + " {\"number\":5,\"text\":\"to be\",\"list\":[1,2],\"on\":true,\"s\":\"5\"}");
    assertThat(printed()).isEqualTo("job 7 launched; see pulzar jobs 7\n");
  }

  @Test
  void launchWithWaitShowsTheResultAndTellsItByItsStatus() {
    answers.put("POST /launch_job/a", ok("{\"job_id\": 7}"));
    answers.put(
        "GET /admin/jobs/7/log", "data: one\n\ndata: two\n\nevent: end\ndata: completed\n\n");
    answers.put("GET /admin/jobs/7", ok(job("completed", "120")));
    assertThat(launch("a", "--wait")).isZero();
    assertThat(printed()).isEqualTo("job 7 completed in 0.5 s\n120\n");
    answers.put("GET /admin/jobs/7", ok(job("failed", "")));
    assertThat(launch("a", "--wait")).isEqualTo(1);
  }

  @Test
  void launchWithFollowShowsTheLogToo() {
    answers.put("POST /launch_job/a", ok("{\"job_id\": 7}"));
    answers.put("GET /admin/jobs/7/log", "id: 1\ndata: one\n\ndata:  two\n\n");
    answers.put("GET /admin/jobs/7", ok(job("completed", "120")));
    launch("a", "--follow");
    assertThat(printed()).isEqualTo("one\n two\njob 7 completed in 0.5 s\n120\n");
  }

  @Test
  void jobsListsTheNewest() {
    answers.put(
        "GET /admin/all_jobs?limit=20",
        ok(
            "[{\"job_id\": 7, \"job_path\": \"a/factorial\", \"time\": 0.5, \"state\":"
                + " \"completed\", \"node\": \"one\", \"creation_time\": \"2026-11-21 08:00:00+00:00\"}]"));
    assertThat(typed.run("jobs")).isZero();
    assertThat(printed().replaceAll(" +", " "))
        .contains("ID STATE", "7 completed a/factorial 2026-11-21 08:00:00+00:00 0.5 one");
  }

  @Test
  void aSecretIsReadFromStandardInputWithoutTheLineEndOfEcho() {
    answers.put("PUT /admin/secrets/DB_PASSWORD?folder=a%2Fb", ok("null"));
    assertThat(typed.in("two\nlines\n").run("secrets", "set", "DB_PASSWORD", "--folder=a/b"))
        .isZero();
    assertThat(requests).containsExactly("PUT /admin/secrets/DB_PASSWORD?folder=a%2Fb two\nlines");
    assertThat(printed()).contains("secret DB_PASSWORD set").doesNotContain("lines");
    assertThat(typed.in("\n").run("secrets", "set", "A")).isEqualTo(2);
    assertThat(typed.in("x").run("secrets", "set", "a")).isEqualTo(2);
  }

  @Test
  void aSecretIsTypedUnseenWhereSomebodySits() {
    answers.put("PUT /admin/secrets/A", ok("null"));
    assertThat(typed.in("piped").typing("typed").run("secrets", "set", "A")).isZero();
    assertThat(requests).containsExactly("PUT /admin/secrets/A typed");
  }

  @Test
  void secretsAndVariablesAreListedRemovedAndRotated() {
    answers.put(
        "GET /admin/secrets",
        ok(
            "[{\"name\": \"A\", \"folder\": \"\", \"changed\": \"then\", \"changed_by\": \"jane\"}]"));
    answers.put(
        "GET /admin/variables",
        ok(
            "[{\"name\": \"B\", \"folder\": \"f\", \"value\": \"here\", \"changed\": \"then\","
                + " \"changed_by\": \"jane\"}]"));
    answers.put("DELETE /admin/variables/B?folder=f", ok("null"));
    answers.put("POST /admin/secrets/rotate", ok("{\"key\": \"abc\", \"sealed\": 2}"));
    assertThat(said("secrets", "list")).contains("A (all) then jane");
    assertThat(said("variables")).contains("B f then jane here");
    assertThat(said("variables", "remove", "B", "--folder", "f")).contains("variable B removed");
    assertThat(said("secrets", "rotate")).contains("the key abc");
    assertThat(typed.run("variables", "rotate")).isEqualTo(2);
  }

  /** What a command prints that is done, with single spaces. */
  private String said(String... words) {
    assertThat(typed.run(words)).as(typed::err).isZero();
    return printed().replaceAll(" +", " ");
  }

  @Test
  void cancelAsksForTheJobOrTheSchedule() {
    answers.put("POST /admin/jobs/7/cancel", ok("null"));
    answers.put("POST /cancel_job/3", ok("null"));
    assertThat(said("cancel", "7")).isEqualTo("job 7 canceled\n");
    assertThat(said("cancel", "3", "--schedule")).isEqualTo("schedule 3 canceled\n");
    assertThat(said("cancel", "7", "--json")).isEqualTo("{\"job_id\":7,\"state\":\"canceled\"}\n");
  }

  @Test
  void nodesAreListedWithWhatTheyDo() {
    answers.put(
        "GET /admin/network",
        ok(
            "[{\"node\": \"one\", \"synch\": true, \"draining\": false, \"slots\": 4,"
                + " \"free_slots\": 3, \"load\": 12.5, \"memory\": 40.0, \"percent\": 7.0,"
                + " \"values\": 9, \"scripts\": 2, \"labels\": [\"big\", \"gpu\"]},"
                + " {\"node\": \"two\", \"synch\": true, \"draining\": true, \"labels\": []},"
                + " {\"node\": \"three\", \"synch\": false, \"draining\": true, \"labels\": []}]"));
    assertThat(said("nodes"))
        .contains("one online 3/4 12.5 40.0 7.0 9 2 big, gpu")
        .contains("two draining", "three offline");
  }

  @Test
  void aNodeIsDrainedResumedAndRemoved() {
    answers.put("POST /admin/network/one/drain", ok("null"));
    answers.put("POST /admin/network/one/resume", ok("null"));
    answers.put("POST /admin/network/one/remove?force=true", ok("null"));
    assertThat(said("drain", "one")).contains("gets no new jobs");
    assertThat(said("drain", "one", "--undo")).isEqualTo("node one may take work again\n");
    assertThat(said("remove", "one", "--force")).isEqualTo("node one removed\n");
    assertThat(typed.run("remove", "one")).isEqualTo(3);
    assertThat(typed.run("drain")).isEqualTo(2);
    assertThat(typed.run("drain", "a/b")).isEqualTo(2);
  }

  @Test
  void schedulesAreListedWithWhenTheyRun() {
    answers.put(
        "GET /admin/scheduled_jobs?limit=20",
        ok(
            "[{\"job_id\": 3, \"job_path\": \"a/b\", \"state\": \"scheduled\", \"cron\": \"0 9 * * *\","
                + " \"timezone\": \"UTC\", \"next_execution\": \"2026-11-22 09:00:00+00:00\"},"
                + " {\"job_id\": 2, \"job_path\": \"a/c\", \"state\": \"paused\", \"interval\": \"hours\","
                + " \"time_unit\": 2, \"next_execution\": null}]"));
    assertThat(said("schedules"))
        .contains("3 scheduled a/b 0 9 * * * UTC 2026-11-22 09:00:00+00:00")
        .contains("2 paused a/c every 2 hours none");
  }

  @Test
  void aScheduleIsShownWithItsLastRuns() {
    answers.put(
        "GET /admin/scheduled_jobs/3",
        ok(
            "{\"job\": \"3\", \"state\": \"scheduled\", \"interval\": \"days\", \"time_unit\": 1,"
                + " \"misfire\": \"once\", \"last_executions\": [{\"exec_id\": 17, \"state\": \"ok\","
                + " \"datetime\": \"2026-11-21 09:00:01+00:00\"}]}"));
    assertThat(said("schedules", "3"))
        .contains("schedule 3 scheduled", "when every 1 days", "misfire once")
        .contains("run job 17 ok, 2026-11-21 09:00:01+00:00");
  }

  @Test
  void aScheduleIsPausedResumedAndRun() {
    for (String word : List.of("pause", "resume", "run-now")) {
      String route = word.equals("run-now") ? "run" : word;
      answers.put("POST /admin/scheduled_jobs/3/" + route, ok("null"));
      assertThat(typed.run(word)).isEqualTo(2);
    }
    assertThat(said("pause", "3")).isEqualTo("schedule 3 paused\n");
    assertThat(said("resume", "3")).isEqualTo("schedule 3 resumed\n");
    assertThat(said("run-now", "3")).isEqualTo("schedule 3 started\n");
  }

  @Test
  void aScheduleIsMadeFromOptions() {
    answers.put("POST /launch_job/a/b", ok("{\"job_id\": 3}"));
    answers.put(
        "GET /admin/scheduled_jobs/3", ok("{\"next_execution\": \"2026-11-22 09:00:00+00:00\"}"));
    assertThat(said("schedule", "a/b", "n=1", "--every", "2h", "--repeat", "5"))
        .isEqualTo("schedule 3 made; its first run is at 2026-11-22 09:00:00+00:00\n");
    said(
        "schedule",
        "a/b",
        "--cron=0 9 * * *",
        "--timezone=Asia/Tokyo",
        "--max-runs=2",
        "--until=2030-01-01T00:00:00Z",
        "--jitter=30s",
        "--misfire=skip",
        "--overlap=allow");
    said("schedule", "a/b", "--at", "2030-01-31T09:00:00Z");
    assertThat(requests.stream().filter(request -> request.startsWith("POST")))
        .containsExactly(
            "POST /launch_job/a/b {\"n\":1,\"scheduled\":{\"interval\":\"hours\",\"time_unit\":2,"
                + "\"repeat\":5}}",
            "POST /launch_job/a/b {\"scheduled\":{\"cron\":\"0 9 * * *\",\"timezone\":\"Asia/Tokyo\","
                + "\"max_runs\":2,\"until\":\"2030-01-01T00:00:00Z\",\"jitter\":\"30s\","
                + "\"misfire\":\"skip\",\"overlap\":\"allow\"}}",
            "POST /launch_job/a/b {\"scheduled\":{\"at\":\"2030-01-31T09:00:00Z\"}}");
    assertThat(typed.run("schedule", "a/b")).isEqualTo(2);
    assertThat(typed.run("schedule", "a/b", "--every", "2h", "--at", "x")).isEqualTo(2);
    assertThat(typed.run("schedule", "a/b", "--every", "2 hours")).isEqualTo(2);
  }

  @Test
  void aJobIsFollowedAgainWhereItsStreamBrokeOff() {
    answers.put("POST /launch_job/a", ok("{\"job_id\": 7}"));
    answers.put("GET /admin/jobs/7/log", "id: 1\ndata: one\n\n");
    answers.put("GET /admin/jobs/7", ok(job("running", "")));
    answers.put("GET /admin/jobs/7 ", ok(job("completed", "120")));
    answers.put("GET /admin/jobs/7/log ", "id: 2\ndata: two\n\n");
    assertThat(said("launch", "a", "--follow")).contains("one\ntwo\njob 7 completed");
  }

  @Test
  void whatTakesMoreThanASecondTellsSoInAWindow() {
    answers.put("POST /launch_job/a", ok("{\"job_id\": 7}"));
    answers.put("GET /admin/jobs/7/log", "");
    answers.put("GET /admin/jobs/7", ok(job("completed", "120")));
    slow = () -> Await.until("progress is shown", () -> typed.err().contains("\rjob 7: 1 s"));
    assertThat(typed.inWindow(80).run("launch", "a", "--wait")).isZero();
    assertThat(typed.err()).endsWith("\r\u001b[K");
    assertThat(typed.out()).isEqualTo("job 7 completed in 0.5 s\n120\n");
  }

  @Test
  void aTokenGoesToItsServerAndToNoneThatItSendsOnTo() {
    answers.put("GET /get_key/a", "the value");
    String node = "http://localhost:" + server.getAddress().getPort();
    redirects.put("GET /get_key/b", node + "/get_key/a");
    assertThat(typed.environment("PULZAR_TOKEN", "pzr_mine").run("get", "b")).isZero();
    assertThat(printed()).isEqualTo("the value");
    assertThat(tokens).containsExactly("Bearer pzr_mine", "none");
  }

  @Test
  void aRefusalIsOneLineAndAStatusOfItsOwn() {
    assertThat(launch("nosuch")).isEqualTo(3);
    assertThat(typed.err()).isEqualTo("pulzar launch: there is no such thing\n");
  }

  @Test
  void noServerIsOneLineWithTheCure() {
    server.stop(0);
    assertThat(launch("a")).isEqualTo(4);
    assertThat(typed.err()).contains("pulzar start", "--server").hasLineCount(1);
  }

  @Test
  void anAnswerThatSendsOnToNoServerIsARefusal() {
    redirects.put("GET /admin/jobs/7", "mailto:jane@example.org");
    assertThat(typed.run("jobs", "7")).isEqualTo(3);
    assertThat(typed.err()).contains("mailto:jane@example.org, which is no server");
  }

  @Test
  void whatIsNotAParameterIsAMistakeOfUse() {
    assertThat(launch("a", "number")).isEqualTo(2);
    assertThat(typed.err()).contains("name=value");
    assertThat(launch()).isEqualTo(2);
    assertThat(launch("a", "--server", "localhost")).isEqualTo(2);
    assertThat(typed.err()).contains("http://");
  }

  private int launch(String... words) {
    return typed.run(Stream.concat(Stream.of("launch"), Stream.of(words)).toArray(String[]::new));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(body.isEmpty() ? asked : asked + " " + body);
      tokens.add(
          Objects.requireNonNullElse(
              exchange.getRequestHeaders().getFirst("Authorization"), "none"));
      if (redirects.containsKey(asked)) {
        exchange.getResponseHeaders().set("Location", redirects.get(asked));
        exchange.sendResponseHeaders(307, -1);
        return;
      }
      if (asked.endsWith("/log")) {
        slow.run();
      }
      // What is said the second time has a space behind it.
      String later = asked + " ";
      boolean isAgain = requests.indexOf(asked) != requests.lastIndexOf(asked);
      String answer = answers.get(isAgain && answers.containsKey(later) ? later : asked);
      byte[] sent =
          (answer == null
                  ? "{\"data\":null,\"status\":\"ko\",\"msg\":\"there is no such thing\"}"
                  : answer)
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer == null ? 404 : 200, sent.length);
      exchange.getResponseBody().write(sent);
    }
  }

  private static String ok(String data) {
    return "{\"data\":" + data + ",\"status\":\"ok\",\"msg\":\"\"}";
  }

  private static String job(String status, String output) {
    return "{\"job\":\"7\",\"state\":\"%s\",\"time\":0.5,\"output\":\"%s\",\"log\":\"\"}"
        .formatted(status, output);
  }

  private Settings settings() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return TestServer.settings(directory, Map.of("pulzar.node.master", url));
  }

  private String printed() {
    return typed.out();
  }
}
