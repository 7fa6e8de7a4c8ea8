package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ChildJvm;
import io.pulzar.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Master here, node in another process that is killed: what they say to each other is HTTP. */
@Tag("slow")
final class TwoProcessesTest {

  private static final String KEY = "the key of this cluster";
  private static final String LARGE = "0123456789abcdef".repeat(10_000);

  @TempDir Path directory;
  private TestServer master;
  private Process node;
  private int port;

  @BeforeEach
  void start() throws IOException {
    master =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", KEY)
            .set("pulzar.cluster.lost", "1s")
            .set("pulzar.cluster.heartbeat", "100ms")
            .start();
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    node = startNode();
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    kill();
    master.close();
  }

  private Process startNode() throws IOException {
    Process process =
        new ChildJvm(NodeProcess.class)
            .start(
                directory.resolve("node").toString(),
                "pulzar.server.role=node",
                "pulzar.server.key=" + KEY,
                "pulzar.node.name=one",
                "pulzar.node.master=" + master.master(""),
                "pulzar.volume.port=" + port,
                "pulzar.cluster.lost=1s",
                "pulzar.cluster.heartbeat=100ms");
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && !line.equals("ready")) {
      line = output.readLine();
    }
    assertThat(line).as("the node started").isNotNull();
    Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
    Await.until("the node is known", () -> send("GET", "/get_node/any").statusCode() == 200);
    return process;
  }

  private void kill() throws InterruptedException {
    boolean _ = node.toHandle().destroyForcibly();
    node.waitFor();
  }

  @Test
  void aKeyIsWrittenReadListedReplacedAndDeleted() {
    assertThat(put("/a/small", "one", "").statusCode()).isEqualTo(201);
    assertThat(put("/a/small", "two", "").statusCode()).isEqualTo(409);
    assertThat(put("/a/large", LARGE, "?ttl=12h").statusCode()).isEqualTo(201);
    assertThat(get("/a/large").body()).isEqualTo(LARGE);
    assertThat(put("/a/small", LARGE + "2", "?replace=true").statusCode()).isEqualTo(201);
    assertThat(get("/a/small").body()).isEqualTo(LARGE + "2");
    assertThat(send("GET", "/keys").body()).contains("\"/a/large\"", "\"/a/small\"", "\"one\"");
    assertThat(send("DELETE", "/delete_key/a/large").statusCode()).isEqualTo(200);
    assertThat(get("/a/large").statusCode()).isEqualTo(404);
    assertThat(master.send("GET", node("/get_key/a/large"), "").statusCode()).isEqualTo(404);
    assertNothingIsWrong();
  }

  @Test
  void whatANodeAcknowledgedIsThereAfterItWasKilled() throws Exception {
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 4; writer++) {
        String own = "/writer/" + writer + "/";
        writers.execute(() -> writeUntil(stop, own, acknowledged));
      }
      Await.until("writes are under way", () -> acknowledged.size() > 60);
      kill();
      stop.set(true);
    }
    Await.until(
        "its values are not available",
        () -> {
          String any = acknowledged.keySet().iterator().next();
          return send("GET", "/get_key" + any).statusCode() == 503;
        });
    assertThat(put("/new", "x", "").statusCode()).as("no node for it").isEqualTo(503);
    node = startNode();
    acknowledged.forEach((key, value) -> assertThat(get(key).body()).isEqualTo(value));
    Await.until("what was in doubt is settled", () -> report().contains("\"lost\":{\"count\":0"));
    assertNothingIsWrong();
  }

  private void writeUntil(AtomicBoolean stop, String own, Map<String, String> acknowledged) {
    for (int number = 0; !stop.get(); number++) {
      String key = own + number;
      String value = number % 4 == 0 ? LARGE + key : key;
      try {
        if (master.send("PUT", node("/add_key" + key), value).statusCode() == 201) {
          acknowledged.put(key, value);
        }
      } catch (UncheckedIOException killed) {
        return;
      }
    }
  }

  private URI node(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> put(String key, String value, String query) {
    HttpResponse<String> redirect = send("PUT", "/add_key" + key + query);
    return redirect.statusCode() == 307 ? master.send("PUT", location(redirect), value) : redirect;
  }

  private HttpResponse<String> get(String key) {
    HttpResponse<String> redirect = send("GET", "/get_key" + key);
    return redirect.statusCode() == 307 ? master.send("GET", location(redirect), "") : redirect;
  }

  private static URI location(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("location").orElseThrow());
  }

  private HttpResponse<String> send(String method, String path) {
    return master.send(method, master.master(path), "");
  }

  private String report() {
    assertThat(send("POST", "/admin/check").statusCode()).isEqualTo(200);
    Await.until(
        "the check ends", () -> !send("GET", "/admin/check").body().contains("\"running\""));
    return send("GET", "/admin/check").body();
  }

  private void assertNothingIsWrong() {
    String report = report();
    for (String kind : List.of("damaged", "lost", "unlisted", "outdated", "different")) {
      assertThat(report).contains("\"" + kind + "\":{\"count\":0");
    }
    assertThat(report).contains("\"unreachable\":[]");
  }
}
