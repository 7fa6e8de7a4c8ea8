package io.pulzar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pulzar.TestServer;
import io.pulzar.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server that answers what the contract says. */
class ClientCommandsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> answers = new HashMap<>();
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
    answers.put("GET /admin/jobs/7/log", "data: one\n\ndata: two\n\nevent: end\n\n");
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
            "[{\"job_id\": 7, \"job_name\": \"factorial\", \"state\": \"completed\", \"node\":"
                + " \"one\", \"creation_time\": \"2026-11-21 08:00:00+00:00\"}]"));
    assertThat(new JobsCommand(this::settings, print(out), print(err)).run(List.of())).isZero();
    assertThat(printed()).contains("ID", "7        completed  factorial");
  }

  @Test
  void aSecretIsReadFromStandardInputWithoutTheLineEndOfEcho() {
    answers.put("PUT /admin/secrets/DB_PASSWORD?folder=a%2Fb", ok("null"));
    assertThat(
            secrets(
                SecretsCommand.Kind.SECRETS, "two\nlines\n", "set", "DB_PASSWORD", "--folder=a/b"))
        .isZero();
    assertThat(requests).containsExactly("PUT /admin/secrets/DB_PASSWORD?folder=a%2Fb two\nlines");
    assertThat(printed()).contains("secret DB_PASSWORD set").doesNotContain("lines");
    assertThatThrownBy(() -> secrets(SecretsCommand.Kind.SECRETS, "\n", "set", "A"))
        .isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> secrets(SecretsCommand.Kind.SECRETS, "x", "set", "a"))
        .isInstanceOf(UsageException.class);
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
    assertThat(secrets(SecretsCommand.Kind.SECRETS, "", "list")).isZero();
    assertThat(secrets(SecretsCommand.Kind.VARIABLES, "")).isZero();
    assertThat(secrets(SecretsCommand.Kind.VARIABLES, "", "remove", "B", "--folder", "f")).isZero();
    assertThat(secrets(SecretsCommand.Kind.SECRETS, "", "rotate")).isZero();
    assertThat(printed().replaceAll(" +", " "))
        .contains("A (all) then jane", "B f then jane here", "variable B removed", "the key abc");
    assertThatThrownBy(() -> secrets(SecretsCommand.Kind.VARIABLES, "", "rotate"))
        .isInstanceOf(UsageException.class);
  }

  private int secrets(SecretsCommand.Kind kind, String in, String... typed) {
    return new SecretsCommand(
            kind,
            this::settings,
            new StringReader(in),
            prompt -> Optional.empty(),
            print(out),
            print(err))
        .run(List.of(typed));
  }

  @Test
  void cancelAsksForTheJobOrTheSchedule() {
    answers.put("POST /admin/jobs/7/cancel", ok("null"));
    answers.put("POST /cancel_job/3", ok("null"));
    CancelCommand cancel = new CancelCommand(this::settings, print(out), print(err));
    assertThat(cancel.run(List.of("7"))).isZero();
    assertThat(cancel.run(List.of("3", "--schedule"))).isZero();
    assertThat(printed()).isEqualTo("job 7 canceled\nschedule 3 canceled\n");
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
    assertThat(new NodesCommand(this::settings, print(out), print(err)).run(List.of())).isZero();
    assertThat(printed().replaceAll(" +", " "))
        .contains("one online 3/4 12.5 40.0 7.0 9 2 big,gpu")
        .contains("two draining", "three offline");
  }

  @Test
  void aNodeIsDrainedResumedAndRemoved() {
    answers.put("POST /admin/network/one/drain", ok("null"));
    answers.put("POST /admin/network/one/resume", ok("null"));
    answers.put("POST /admin/network/one/remove?force=true", ok("null"));
    DrainCommand drain = new DrainCommand(this::settings, print(out), print(err));
    assertThat(drain.run(List.of("one"))).isZero();
    assertThat(drain.run(List.of("one", "--undo"))).isZero();
    RemoveCommand remove = new RemoveCommand(this::settings, print(out), print(err));
    assertThat(remove.run(List.of("one", "--force"))).isZero();
    assertThat(remove.run(List.of("one"))).isEqualTo(1);
    assertThatThrownBy(() -> drain.run(List.of())).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> drain.run(List.of("a/b"))).isInstanceOf(UsageException.class);
    assertThat(printed())
        .contains("gets no new jobs", "node one may take work again\nnode one removed\n");
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
    assertThat(new SchedulesCommand(this::settings, print(out), print(err)).run(List.of()))
        .isZero();
    assertThat(printed().replaceAll(" +", " "))
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
    new SchedulesCommand(this::settings, print(out), print(err)).run(List.of("3"));
    assertThat(printed().replaceAll(" +", " "))
        .contains("schedule 3 scheduled", "when every 1 days", "misfire once")
        .contains("17 ok 2026-11-21 09:00:01+00:00");
  }

  @Test
  void aScheduleIsPausedResumedAndRun() {
    for (ScheduleCommand.Wish wish : ScheduleCommand.Wish.values()) {
      ScheduleCommand command = new ScheduleCommand(wish, this::settings, print(out), print(err));
      String route = command.name().equals("run-now") ? "run" : command.name();
      answers.put("POST /admin/scheduled_jobs/3/" + route, ok("null"));
      assertThat(command.run(List.of("3"))).isZero();
      assertThatThrownBy(() -> command.run(List.of())).isInstanceOf(UsageException.class);
    }
    assertThat(printed()).isEqualTo("schedule 3 paused\nschedule 3 resumed\nschedule 3 started\n");
  }

  @Test
  void aRefusalIsOneLineAndStatusOne() {
    assertThat(launch("nosuch")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("pulzar launch: there is no such thing\n");
  }

  @Test
  void noServerIsOneLineWithTheCure() {
    server.stop(0);
    assertThat(launch("a")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("pulzar start", "--server")
        .hasLineCount(1);
  }

  @Test
  void whatIsNotAParameterIsAMistakeOfUse() {
    assertThatThrownBy(() -> launch("a", "number"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("name=value");
    assertThatThrownBy(() -> launch()).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> launch("a", "--server", "localhost"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("http://");
  }

  private int launch(String... typed) {
    return new LaunchCommand(this::settings, print(out), print(err)).run(List.of(typed));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(body.isEmpty() ? asked : asked + " " + body);
      String answer = answers.get(asked);
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
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
