package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.EmbeddedBucket;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A master and a node as processes of their own are killed by turns while values are moved. More
 * rounds: {@code -Dpulzar.kills=50}.
 */
final class KilledMoveIT {

  private static final int KILLS = Integer.getInteger("pulzar.kills", 2);
  private static final String KEYS = "the key of this test";

  @TempDir private Path directory;
  private final EmbeddedBucket bucket = EmbeddedBucket.start();
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final Random random = new Random(7);
  private final List<ServerProcess> open = new ArrayList<>();
  private int port;

  @AfterEach
  void stop() {
    client.close();
    open.forEach(ServerProcess::close);
    bucket.close();
  }

  @Test
  void killsInTheMiddleOfMovesLoseNothing() throws Exception {
    port = ServerProcess.freePort();
    var _ = master(false, false);
    var _ = node(false, false);
    Map<String, String> values = new TreeMap<>();
    Map<String, String> tags = new TreeMap<>();
    for (int number = 0; number < 120; number++) {
      String key = "/k/" + number;
      values.put(key, Integer.toString(number).repeat(20_000 + number));
      Await.until(
          "it is stored", () -> send("PUT", "/add_key" + key, values.get(key)).statusCode() == 201);
      tags.put(key, tag(key));
    }
    moveWithKills(false);
    assertAllThere(values, tags);
    moveWithKills(true);
    assertAllThere(values, tags);
    assertThat(open.getLast().log()).doesNotContain("damaged");
  }

  /** Starts both with the bucket, and lets kills end them until all is moved. */
  private void moveWithKills(boolean leave) throws IOException {
    open.forEach(ServerProcess::close);
    open.clear();
    ServerProcess master = master(true, leave);
    ServerProcess node = node(true, leave);
    Await.until("it is moved", () -> send("POST", "/admin/values/move", "").statusCode() == 200);
    for (int kill = 0; kill < KILLS; kill++) {
      LockSupport.parkNanos(Duration.ofMillis(200 + random.nextInt(800)).toNanos());
      if (kill % 2 == 0) {
        killed(master);
        master = master(true, leave);
      } else {
        killed(node);
        node = node(true, leave);
      }
    }
    Await.until(
        "all is moved",
        Duration.ofMinutes(2),
        () -> {
          String report = send("GET", "/admin/values/move", "").body();
          // Killed between its end and its answer, it is not known any more.
          return report.contains("\"state\":\"ended\"") || report.contains("\"state\":\"none\"");
        });
    String rows = send("GET", "/keys?limit=1000", "").body();
    assertThat(rows.contains("\"node\":\"s3:\"")).isEqualTo(!leave);
    assertThat(rows.contains("\"node\":\"one\"")).isEqualTo(leave);
  }

  private void killed(ServerProcess server) {
    server.kill();
    open.remove(server);
  }

  private void assertAllThere(Map<String, String> values, Map<String, String> tags) {
    values.forEach(
        (key, value) -> {
          Await.until(
              "it is given out", () -> send("GET", "/get_key" + key, "").statusCode() == 200);
          HttpResponse<String> answer = send("GET", "/get_key" + key, "");
          assertThat(answer.body()).isEqualTo(value);
          assertThat(tag(key)).isEqualTo(tags.get(key));
        });
  }

  private String tag(String key) {
    return send("GET", "/get_key" + key, "").headers().firstValue("etag").orElse("");
  }

  private ServerProcess master(boolean inBucket, boolean leave) throws IOException {
    List<String> options = options(inBucket, leave);
    options.addAll(List.of("--role=master", "--port=" + port));
    return started("master", options);
  }

  private ServerProcess node(boolean inBucket, boolean leave) throws IOException {
    List<String> options = options(inBucket, leave);
    options.addAll(
        List.of(
            "--role=node",
            "--node-port=0",
            "--master=http://127.0.0.1:" + port,
            "--set=pulzar.node.name=one",
            "--set=pulzar.server.grace=100ms"));
    return started("one", options);
  }

  private ServerProcess started(String name, List<String> options) throws IOException {
    ServerProcess server =
        ServerProcess.start(directory.resolve(name), options.toArray(String[]::new));
    open.add(server);
    return server.awaitReady();
  }

  private List<String> options(boolean inBucket, boolean leave) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--set=pulzar.server.key=" + KEYS,
                "--set=pulzar.workers.max=1",
                "--set=pulzar.values.move-rate=1MB",
                "--set=pulzar.cluster.lost=2s",
                "--set=pulzar.cluster.heartbeat=200ms",
                "--set=pulzar.values.leave=" + leave));
    if (inBucket) {
      bucket
          .settings(directory)
          .forEach((name, value) -> options.add("--set=" + name + "=" + value));
    }
    return options;
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
