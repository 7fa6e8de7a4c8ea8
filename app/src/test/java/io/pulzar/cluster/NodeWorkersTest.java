package io.pulzar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node tells of its workers. */
final class NodeWorkersTest {

  private static final String NODE = "/admin/network/here";

  @TempDir private Path directory;
  private final ScriptedPython python = new ScriptedPython(2);

  @Test
  void aNodeTellsTheJobOfEachWorker() throws IOException {
    python.on("waits", (call, listener, canceled) -> canceled(canceled.toCompletableFuture()));
    try (TestServer server = start("jobs", "waits")) {
      Await.until("it is idle", () -> get(server, NODE).contains("\"state\":\"idle\""));
      server.send("POST", server.master("/launch_job/waits"), "{}");
      Await.until(
          "its job is told",
          () ->
              get(server, NODE).contains("\"runtime\":\"graalpy\",\"state\":\"busy\",\"job\":1,"));
      assertThat(get(server, "/admin/network")).doesNotContain("\"workers\"");
      server.send("POST", server.master("/admin/jobs/1/cancel"), "");
      Await.until("it has none", () -> !get(server, NODE).contains("\"job\":1,"));
    }
  }

  @Test
  void whatIsNoJobIsNotNamed() throws IOException {
    CountDownLatch asked = new CountDownLatch(1);
    python.on(
        "covert",
        (call, listener, canceled) -> {
          asked.await();
          return new Outcome.Completed("{\"data\":1}");
        });
    try (TestServer server = start("extensions", "covert")) {
      Thread call =
          Thread.startVirtualThread(
              () -> server.send("GET", server.master("/extension/covert"), ""));
      Await.until(
          "it is busy", () -> get(server, NODE).contains("\"state\":\"busy\",\"job\":null,"));
      assertThat(get(server, NODE)).doesNotContain("covert");
      asked.countDown();
      Await.until("the call is over", () -> !call.isAlive());
    }
  }

  private static Outcome canceled(CompletableFuture<Boolean> canceled) {
    canceled.join();
    return new Outcome.Canceled();
  }

  private TestServer start(String folder, String script) throws IOException {
    Path scripts = Files.createDirectories(directory.resolve(folder));
    Files.writeString(scripts.resolve(script + ".py"), "def execute(*all):\n    return True\n");
    return TestServer.in(directory)
        .python(() -> python)
        .set("pulzar.jobs.dir", Files.createDirectories(directory.resolve("jobs")).toString())
        .set("pulzar.node.name", "here")
        .set("pulzar.cluster.heartbeat", "100ms")
        .start();
  }

  private static String get(TestServer server, String path) {
    URI address = server.master(path);
    return server.send("GET", address, "").body();
  }
}
