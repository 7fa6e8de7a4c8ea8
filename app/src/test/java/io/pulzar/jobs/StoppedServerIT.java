package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop in the middle of work that can wait. */
@Tag("long")
final class StoppedServerIT {

  private static final int RUNS = 80_000;

  @TempDir private Path directory;

  @Test
  void aStopLeavesTheRestOfALargeRetentionToTheNextStart() throws Exception {
    Path home = directory.resolve("home");
    FilledHistory.fill(home, RUNS, Instant.now().minus(Duration.ofDays(400)));
    int port = ServerProcess.freePort();
    try (ServerProcess server =
            ServerProcess.start(
                home, "--role=master", "--port=" + port, "--set=pulzar.workers.max=1");
        HttpClient client = HttpClient.newHttpClient()) {
      server.awaitReady();
      Await.until("the retention has begun", () -> !isThere(client, port, 1));
      server.terminate();
      assertThat(server.awaitExit()).as(server.log()).isZero();
      assertThat(server.log()).contains("stopped").doesNotContain("is left behind", "\tat ");
    }
    assertThat(FilledHistory.count(home)).isBetween(1L, RUNS - 1L);
  }

  private static boolean isThere(HttpClient client, int port, int job) {
    URI url = URI.create("http://127.0.0.1:" + port + "/admin/jobs/" + job);
    return client
            .sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
            .join()
            .statusCode()
        == 200;
  }
}
