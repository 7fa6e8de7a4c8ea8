package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.EmbeddedBucket;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in real Python, confined, whose data are in a bucket. */
final class BucketJobsIT {

  private static final String SCRIPT =
      """
      from pulzarcore import values
      from pulzarcore.core_jobs import CoreJobs

      class Report(CoreJobs):
          def __init__(self, params):
              super().__init__(params)

          def execute(self):
              with open(self.pulzar_get_filepath(), 'rb') as file:
                  data = file.read()
              values.put('/of/job', data * 2, replace=True)
              with open('report.txt', 'wb') as file:
                  file.write(data[:3])
              stored = self._pulzar_store_file('report.txt')
              self.pulzar_set_output(f"{len(data)} {len(values.get('/of/job'))} {stored}")
              return True
      """;

  @TempDir private Path directory;
  private final EmbeddedBucket bucket = EmbeddedBucket.start();
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private ServerProcess server;
  private String root = "";

  @BeforeEach
  void start() throws IOException {
    Path script = directory.resolve("jobs/acc/report.py");
    Files.createDirectories(script.getParent());
    Files.writeString(script, SCRIPT);
    Path home = directory.resolve("home");
    int port = ServerProcess.freePort();
    List<String> options =
        new ArrayList<>(
            List.of("--port=" + port, "--node-port=0", "--jobs=" + directory.resolve("jobs")));
    bucket.settings(home).forEach((name, value) -> options.add("--set=" + name + "=" + value));
    server = ServerProcess.start(home, options.toArray(String[]::new)).awaitReady();
    root = "http://127.0.0.1:" + port;
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    bucket.close();
  }

  @Test
  void aJobReadsItsDataAsAFileAndStoresValuesAndFiles() throws Exception {
    send("PUT", "/add_key/of/client.txt", "x".repeat(2_000_000));
    for (int run = 1; run <= 2; run++) {
      // The second one gets its data from the node's cache.
      String job =
          send("POST", "/launch_job/acc/report?wait=60s", "{\"pulzar_data\": \"/of/client.txt\"}");
      assertThat(job).contains("2000000 4000000 True");
      assertThat(send("GET", "/get_key/jobs/regular/" + run + "/report.txt", "")).isEqualTo("xxx");
    }
    assertThat(send("GET", "/get_key/of/job", "")).hasSize(4_000_000);
    assertThat(bucket.values(directory.resolve("home"))).hasSizeGreaterThanOrEqualTo(4);
  }

  private String send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 201);
    return answer.body();
  }
}
