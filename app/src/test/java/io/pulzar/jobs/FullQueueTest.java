package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master without a node that could run anything. */
final class FullQueueTest {

  @TempDir private Path directory;

  @Test
  void aFullQueueRefusesAndSaysWhenToComeBack() throws IOException {
    Files.createDirectories(directory.resolve("jobs"));
    Files.writeString(directory.resolve("jobs/one.py"), "class One:\n  pass\n");
    try (TestServer server =
        TestServer.in(directory)
            .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
            .set("pulzar.jobs.queue", "2")
            .start()) {
      assertThat(launch(server).statusCode()).isEqualTo(200);
      assertThat(launch(server).statusCode()).isEqualTo(200);
      HttpResponse<String> refused = launch(server);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"code\":\"queue_full\"").contains("pulzar.jobs.queue");
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(server.send("POST", server.master("/admin/jobs/1/cancel"), "").statusCode())
          .isEqualTo(200);
      assertThat(launch(server).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> launch(TestServer server) {
    return server.send("POST", server.master("/launch_job/one"), "{}");
  }
}
