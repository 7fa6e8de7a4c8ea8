package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are drained and removed, over HTTP. */
final class DrainedNodeTest {

  private static final String KEY = "the key of this cluster";

  @TempDir private Path directory;
  private final ScriptedPython first = new ScriptedPython(2);
  private final ScriptedPython second = new ScriptedPython(2);
  private TestServer master;
  private TestServer one;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        Files.createDirectories(directory.resolve("jobs")).resolve("a.py"),
        "class A:\n    def execute(self):\n        pass\n");
    master = master();
    one = node("one", first);
    awaitWork("one");
  }

  @AfterEach
  void stop() {
    one.close();
    master.close();
  }

  @Test
  void aDrainedNodeFinishesItsJobsAndGetsNoMore() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    first.on(
        "a",
        (call, listener, canceled) -> {
          mayEnd.await();
          return ScriptedPython.OK;
        });
    post("/launch_job/a");
    Await.until("it runs", () -> !first.calls.isEmpty());
    assertThat(post("/admin/network/one/drain").statusCode()).isEqualTo(200);
    post("/launch_job/a");
    assertThat(get("/admin/jobs/2")).contains("one (draining) takes no jobs now");
    mayEnd.countDown();
    Await.until("the first has ended", () -> get("/admin/jobs/1").contains("completed"));
    assertThat(first.calls).hasSize(1);
    try (TestServer _ = node("two", second)) {
      Await.until("the other one runs it", () -> get("/admin/jobs/2").contains("completed"));
      assertThat(get("/admin/jobs/2")).contains("\"node\":\"two\"");
    }
    post("/launch_job/a");
    assertThat(post("/admin/network/one/resume").statusCode()).isEqualTo(200);
    Await.until("it works again", () -> get("/admin/jobs/3").contains("completed"));
    assertThat(get("/admin/jobs/3")).contains("\"node\":\"one\"");
  }

  @Test
  void aDrainedNodeKeepsItsValuesAndGetsNoMore() {
    assertThat(put("/old").statusCode()).isEqualTo(201);
    post("/admin/network/one/drain");
    HttpResponse<String> refused = put("/new");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("no_node", "drained");
    assertThat(read("/old").body()).isEqualTo("bytes");
    try (TestServer two = node("two", second)) {
      awaitWork("two");
      assertThat(put("/new").body()).contains(two.node("").getAuthority());
      assertThat(put("/old?replace=true").body()).contains(two.node("").getAuthority());
    }
  }

  @Test
  void aNodeStaysDrainedWhenTheMasterRestarts() {
    post("/admin/network/one/drain");
    one.close();
    master.close();
    master = master();
    assertThat(get("/admin/network/one")).contains("\"synch\":false,\"draining\":true");
    assertThat(get("/admin/network")).contains("\"data\":[]", "No nodes online");
    one = node("one", first);
    Await.until(
        "it has reported again",
        () -> get("/admin/network/one").contains("\"synch\":true,\"draining\":true"));
    assertThat(put("/new").statusCode()).isEqualTo(503);
  }

  @Test
  void aNodeIsRemovedWithItsValuesOnlyByForce() {
    put("/old");
    assertThat(post("/admin/network/one/remove").body()).contains("node_in_use", "drain it first");
    post("/admin/network/one/drain");
    HttpResponse<String> refused = post("/admin/network/one/remove");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("would be lost 1 value of 5 bytes", "--force");
    assertThat(read("/old").body()).isEqualTo("bytes");
    assertThat(post("/admin/network/one/remove?force=true").statusCode()).isEqualTo(200);
    assertThat(get("/admin/network")).contains("\"data\":[]");
    assertThat(master.send("GET", master.master("/get_key/old"), "").statusCode()).isEqualTo(404);
    Await.until(
        "the node knows",
        () -> one.send("GET", one.node("/health"), "").body().contains("was removed"));
    post("/admin/network/one/resume");
    awaitWork("one");
    assertThat(one.send("GET", one.node("/admin/start_backup"), "").body()).contains("1 values");
    assertThat(read("/old").body()).isEqualTo("bytes");
  }

  @Test
  void aDrainedNodeWithoutValuesIsRemoved() {
    put("/old");
    post("/admin/network/one/drain");
    master.send("DELETE", master.master("/delete_key/old"), "");
    assertThat(post("/admin/network/one/remove").statusCode()).isEqualTo(200);
    assertThat(post("/admin/network/one/remove").statusCode()).isEqualTo(404);
  }

  @Test
  void theNetworkTellsWhatANodeHolds() {
    put("/one");
    put("/two");
    Await.until("it is told", () -> get("/admin/network/one").contains("\"values\":2"));
    assertThat(get("/admin/network/one"))
        .contains("\"scripts\":1", "\"slots\":2", "\"memory\":", "\"draining\":false");
  }

  private TestServer master() {
    return TestServer.in(directory.resolve("master"))
        .set("pulzar.server.role", "master")
        .set("pulzar.server.key", KEY)
        .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
        .start();
  }

  private TestServer node(String name, ScriptedPython python) {
    return TestServer.in(directory.resolve(name))
        .python(() -> python)
        .joining(master, name, KEY)
        .set("pulzar.server.grace", "50ms")
        .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
        .start();
  }

  private void awaitWork(String node) {
    Await.until("it has joined", () -> get("/admin/network/" + node).contains("\"synch\":true"));
  }

  private HttpResponse<String> put(String key) {
    return followed("PUT", "/add_key" + key, "bytes");
  }

  private HttpResponse<String> read(String key) {
    return followed("GET", "/get_key" + key, "");
  }

  private HttpResponse<String> followed(String method, String path, String body) {
    HttpResponse<String> answer = master.send(method, master.master(path), "");
    return answer
        .headers()
        .firstValue("Location")
        .map(node -> master.send(method, URI.create(node), body))
        .orElse(answer);
  }

  private HttpResponse<String> post(String path) {
    return master.send("POST", master.master(path), "");
  }

  private String get(String path) {
    return master.send("GET", master.master(path), "").body();
  }
}
