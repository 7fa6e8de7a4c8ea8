package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in real Python that try what their folder lets them do, and what not. */
final class ScriptRightsIT {

  private static final String SCRIPT =
      """
      from pulzarcore import jobs, records, values

      def refused(action):
          try:
              action()
          except PermissionError as refusal:
              return str(refusal)
          return None

      def main():
          values.put('/finance/a', 'of the value', replace=True)
          records.put('fin', '1')
          return {
              'own': values.get('/finance/a').decode(),
              'child': jobs.wait(jobs.launch('finance/child'))['status'],
              'keys': list(values.list()),
              'refused': [
                  refused(lambda: values.get('/ops/a')),
                  refused(lambda: values.put('/ops/b', 'x', replace=True)),
                  refused(lambda: values.delete('/ops/a')),
                  refused(lambda: records.get('ops')),
                  refused(lambda: jobs.launch('ops/other')),
              ],
          }
      """;

  private static final Pattern TOKEN = Pattern.compile("pzr_[A-Za-z0-9_-]+");

  @TempDir private Path directory;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private ServerProcess server;
  private String root = "";
  private String token = "";

  @BeforeEach
  void start() throws IOException {
    script("finance/report", SCRIPT);
    script("finance/child", "def main():\n    return 1\n");
    script("ops/other", "def main():\n    return 1\n");
    int port = ServerProcess.freePort();
    server =
        ServerProcess.start(
                directory.resolve("home"),
                "--port=" + port,
                "--node-port=0",
                "--jobs=" + directory.resolve("jobs"),
                "--set=pulzar.auth=on",
                "--set=pulzar.access.recheck=0s")
            .awaitReady();
    root = "http://127.0.0.1:" + port;
    io.pulzar.Await.until("the token is printed", () -> TOKEN.matcher(server.log()).find());
    Matcher printed = TOKEN.matcher(server.log());
    assertThat(printed.find()).isTrue();
    token = printed.group();
  }

  private void script(String name, String text) throws IOException {
    Path file = directory.resolve("jobs").resolve(name + ".py");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aScriptReachesWhatItsFolderMayAndIsToldWhatItMayNot() throws Exception {
    String before = run();
    assertThat(before)
        .contains("\"own\":\"of the value\"", "\"refused\":[null,null,null,null,null]");
    send(
        "PUT",
        "/access/grants",
        "{\"subject\": \"folder:finance/**\", \"grants\":"
            + " [\"runner finance/**\", \"runner scripts=finance/** data=shared/fin\"]}");
    String after = run();
    assertThat(after)
        .contains("\"own\":\"of the value\"", "\"child\":\"completed\"", "\"/finance/a\"")
        .contains("the right 'read_data' for /ops/a", "the right 'write_data' for /ops/b")
        .contains("the right 'write_data' for /ops/a", "the right 'read_data' for shared/ops")
        .contains("the right 'run' for ops/other")
        .doesNotContain("\"/ops/b\"");
    assertThat(send("GET", "/access/audit", ""))
        .contains("\"who\":\"script finance/report\"", "run ops/other");
  }

  private String run() throws Exception {
    return send("POST", "/launch_job/finance/report?wait=60s", "{}");
  }

  private String send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
