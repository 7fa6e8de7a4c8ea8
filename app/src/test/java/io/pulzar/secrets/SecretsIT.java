package io.pulzar.secrets;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A script that tells its secret wherever it can, on a node with real workers that is not the
 * process that keeps the secrets.
 */
final class SecretsIT {

  private static final String VALUE = "hunter22 & \"more\"";
  private static final Pattern JOB = Pattern.compile("\"job_id\":(\\d+)");

  private static final String TELLS =
      """
      import base64, json, os, sys, urllib.parse
      from pulzarcore.core_jobs import CoreJobs
      import pulzarcore

      class Tells(CoreJobs):
          def execute(self):
              '''
              Secrets: PASSWORD
              Runtime: %s
              '''
              value = pulzarcore.secrets['PASSWORD']
              assert os.environ['PASSWORD'] == value and len(value) == 17
              print('plain', value, repr(value), json.dumps(value))
              print(urllib.parse.quote(value), base64.b64encode(('user:' + value).encode()).decode())
              print(value, file=sys.stderr)
              sys.stdout.write('x' * 70000 + value + chr(10))
              self.pulzar_set_output(value)
              if 'fail' in pulzarcore.parameters:
                  raise ValueError('wrong: ' + value)
              return {'value': value, value: [value]}
      """;

  @TempDir private static Path directory;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static ServerProcess keeper;
  private static ServerProcess node;
  private static String master = "";

  @BeforeAll
  static void start() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs").resolve("own"));
    Files.writeString(jobs.resolve("tells.py"), TELLS.formatted("graalpy"));
    Files.writeString(
        jobs.resolve("native.py"), TELLS.formatted("cpython").replace("Tells", "Native"));
    Files.writeString(
        jobs.resolve("looks.py"),
        """
        import os, pulzarcore

        def execute():
            assert 'PASSWORD' not in os.environ and not pulzarcore.secrets
        """);
    int port = ServerProcess.freePort();
    master = "http://127.0.0.1:" + port;
    keeper =
        ServerProcess.start(
            directory.resolve("master"),
            "--role=master",
            "--port=" + port,
            "--jobs=" + directory.resolve("jobs"),
            "--set=pulzar.server.key=the key of this cluster");
    node =
        ServerProcess.start(
            directory.resolve("node"),
            "--role=node",
            "--node-port=0",
            "--master=" + master,
            "--jobs=" + directory.resolve("jobs"),
            "--set=pulzar.server.key=the key of this cluster");
    keeper.awaitReady();
    node.awaitReady();
    asked("PUT", "/admin/secrets/PASSWORD?folder=own", VALUE);
  }

  @AfterAll
  static void stop() {
    node.close();
    keeper.close();
    CLIENT.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tells", "native"})
  void whatAScriptTellsIsMaskedEverywhere(String script) {
    for (String parameters : new String[] {"{}", "{\"fail\": 1}"}) {
      String id = launched("/launch_job/own/" + script, parameters);
      String details = ended(id);
      String log = asked("GET", "/admin/jobs/" + id + "/log", "");
      assertThat(details)
          .as(details)
          .contains(parameters.contains("fail") ? "\"failed\"" : "\"completed\"")
          .contains("plain ***");
      assertThat(details + log + asked("GET", "/admin/all_jobs", ""))
          .doesNotContain("hunter22", "aHVudGVyMjI", "h1bnRlcjIy", "odW50ZXIyM");
    }
    assertThat(keeper.log() + node.log() + asked("GET", "/metrics", "")).doesNotContain("hunter22");
  }

  @Test
  void aScriptThatDoesNotNameItDoesNotGetIt() {
    assertThat(ended(launched("/launch_job/own/looks", "{}"))).contains("\"completed\"");
  }

  private static String launched(String path, String parameters) {
    String answer = asked("POST", path, parameters);
    Matcher found = JOB.matcher(answer);
    assertThat(found.find()).as(answer).isTrue();
    return found.group(1);
  }

  private static String ended(String job) {
    String path = "/admin/jobs/" + job;
    Await.until(
        "job " + job + " has ended",
        () -> asked("GET", path, "").matches("(?s).*\"state\":\"(completed|failed)\".*"));
    return asked("GET", path, "");
  }

  private static String asked(String method, String path, String body) {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(URI.create(master + path))
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
