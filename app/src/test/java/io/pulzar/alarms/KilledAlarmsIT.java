package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with real workers is killed between the end of runs and their notices. */
final class KilledAlarmsIT {

  private static final Pattern JOB = Pattern.compile("\"job_id\":(\\d+)");

  /** Their workers compare the docstring with what was read, and refuse a line they do not know. */
  private static final Map<String, String> SCRIPTS = Map.of("warm", "graalpy", "native", "cpython");

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;
  private ServerProcess server;
  private TestReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs").resolve("own"));
    for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
      Files.writeString(
          jobs.resolve(script.getKey() + ".py"),
          """
          import pulzarcore

          def execute(arguments):
              '''
              Notify: ops
              Runtime: %s
              Secrets: PASSWORD
              '''
              raise ValueError('wrong: ' + pulzarcore.secrets['PASSWORD'])
          """
              .formatted(script.getValue()));
    }
    receiver = new TestReceiver();
    port = ServerProcess.freePort();
    server = started("all").awaitReady();
  }

  @AfterEach
  void stop() {
    client.close();
    receiver.close();
    server.close();
  }

  /** With role master it has no workers, and is there sooner: notices are its business alone. */
  private ServerProcess started(String role) throws IOException {
    return ServerProcess.start(
        directory.resolve("home"),
        "--role=" + role,
        "--port=" + port,
        "--node-port=0",
        "--jobs=" + directory.resolve("jobs"),
        "--set",
        "pulzar.workers.max=2",
        "--set",
        "pulzar.alarms.pause=200ms",
        "--set",
        "pulzar.alarms.longest-pause=1s");
  }

  @Test
  void whatWasNotTakenBeforeTheKillIsSentOnceAfterIt() throws IOException {
    asked("PUT", "/admin/secrets/PASSWORD", "hunter-22-hunter");
    asked("PUT", "/admin/alarms/receivers/ops", "{\"webhook\": \"" + receiver.url("/") + "\"}");
    receiver.answer = request -> 503;
    List<String> jobs =
        SCRIPTS.keySet().stream().map(name -> launched("/launch_job/own/" + name)).toList();
    Await.until(
        "all are tried and one of them again",
        () -> ids().size() == jobs.size() && receiver.all.size() > jobs.size());
    Set<String> before = ids();
    String last = launched("/launch_job/own/warm");
    ended(last);
    server.kill();
    receiver.answer = request -> 204;
    server = started("master").awaitReady();
    Await.until(
        "all are taken", () -> receiver.taken("\"type\":\"failure\"").size() >= jobs.size());
    // What ended after them is noticed later: two looks of the loop, and nothing came twice.
    String first = round();
    Await.until("a round", () -> !round().equals(first));
    assertThat(receiver.taken("failure").stream().map(TestReceiver.Received::id).toList())
        .containsExactlyInAnyOrderElementsOf(before);
    for (String name : SCRIPTS.keySet()) {
      assertThat(receiver.taken("\"script\":\"own/" + name + "\"")).as(name).hasSize(1);
    }
    assertThat(receiver.all)
        .allMatch(one -> one.body().contains("ValueError: wrong: ***"), "masked")
        .noneMatch(one -> one.body().contains("hunter"));
    assertThat(asked("GET", "/admin/alarms/deliveries", ""))
        .doesNotContain("\"waiting\"", "given_up");
  }

  private String round() {
    Matcher found =
        Pattern.compile("\"alarms\":\\{[^}]*\"last\":\"([^\"]*)\"")
            .matcher(asked("GET", "/health", ""));
    return found.find() ? found.group(1) : "";
  }

  private Set<String> ids() {
    return receiver.all.stream().map(TestReceiver.Received::id).collect(Collectors.toSet());
  }

  private String launched(String path) {
    String answer = asked("POST", path, "{}");
    Matcher found = JOB.matcher(answer);
    assertThat(found.find()).as(answer).isTrue();
    return found.group(1);
  }

  private void ended(String job) {
    Await.until(
        "job " + job + " has ended",
        () -> asked("GET", "/admin/jobs/" + job, "").contains("\"state\":\"failed\""));
  }

  private String asked(String method, String path, String body) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .header("Content-Type", "application/json")
                  .method(
                      method,
                      body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
