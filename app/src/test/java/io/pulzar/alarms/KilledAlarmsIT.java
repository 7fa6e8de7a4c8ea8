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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with real workers is killed between the end of runs and their notices. */
final class KilledAlarmsIT {

  private static final Pattern JOB = Pattern.compile("\"job_id\":(\\d+)");

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;
  private ServerProcess server;
  private TestReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs").resolve("own"));
    for (String name : List.of("first", "second")) {
      Files.writeString(
          jobs.resolve(name + ".py"),
          """
          import pulzarcore

          def execute(arguments):
              '''
              Notify: ops
              Secrets: PASSWORD
              '''
              raise ValueError('wrong: ' + pulzarcore.secrets['PASSWORD'])
          """);
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
  void whatWasNotToldBeforeTheKillIsToldOnceAfterIt() throws IOException {
    asked("PUT", "/admin/secrets/PASSWORD", "hunter-22-hunter");
    asked("PUT", "/admin/alarms/receivers/ops", "{\"webhook\": \"" + receiver.url("/") + "\"}");
    receiver.answer = request -> 503;
    launched("/launch_job/own/first");
    Await.until("it is tried again", () -> receiver.all.size() > 1);
    String tried = receiver.all.getFirst().id();
    // Its end is stored, and perhaps nobody has looked at it yet.
    ended(launched("/launch_job/own/second"));
    server.kill();
    receiver.answer = request -> 204;
    server = started("master").awaitReady();
    assertThat(receiver.awaitTaken("\"script\":\"own/first\"").id()).isEqualTo(tried);
    receiver.awaitTaken("\"script\":\"own/second\"");
    String last = round();
    Await.until("another look", () -> !round().equals(last));
    assertThat(receiver.taken("failure")).hasSize(2);
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
