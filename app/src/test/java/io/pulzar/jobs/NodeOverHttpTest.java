package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.WallReport;
import io.pulzar.scripts.ScriptPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with a master and nodes that share nothing but the network and the key. */
final class NodeOverHttpTest {

  private static final String KEY = "the key of this cluster";

  @TempDir private Path directory;
  private final ScriptedPython first = new ScriptedPython(1);
  private final ScriptedPython second = new ScriptedPython(1);
  private TestServer master;

  @BeforeEach
  void start() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs/a"));
    for (String name : List.of("one", "two")) {
      Files.writeString(
          jobs.resolve(name + ".py"),
          "class %s:\n    def execute(self):\n        '''\n        Description: x\n        '''\n"
              .formatted(ScriptPath.className(name)));
    }
    master =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", KEY)
            .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
            .start();
  }

  @AfterEach
  void stop() {
    master.close();
  }

  @Test
  void aJobRunsOnTheNodeAndItsLinesArriveWhileItRuns() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    first.on(
        "a/one",
        (call, listener, canceled) -> {
          listener.log("begun\n");
          listener.output("a part");
          mayEnd.await();
          return ScriptedPython.OK;
        });
    try (TestServer _ = node("one", first)) {
      launch("a/one");
      Await.until("the line is there", () -> log(1).contains("begun"));
      assertThat(job(1)).contains("\"status\":\"running\"", "\"node\":\"one\"");
      mayEnd.countDown();
      Await.until("it is over", () -> job(1).contains("\"status\":\"completed\""));
      assertThat(job(1)).contains("\"output\":\"a part\"");
    }
  }

  @Test
  void aCancelReachesTheNode() {
    first.on(
        "a/one",
        (call, listener, canceled) -> {
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    try (TestServer _ = node("one", first)) {
      launch("a/one");
      Await.until("it runs", () -> job(1).contains("\"status\":\"running\""));
      assertThat(send("POST", "/admin/jobs/1/cancel").statusCode()).isEqualTo(200);
      Await.until("it is canceled", () -> job(1).contains("\"status\":\"canceled\""));
    }
  }

  @Test
  void twoNodesShareTheQueue() {
    CountDownLatch both = new CountDownLatch(2);
    for (ScriptedPython python : List.of(first, second)) {
      python.on(
          "a/one",
          (call, listener, canceled) -> {
            both.countDown();
            both.await();
            return ScriptedPython.OK;
          });
    }
    try (TestServer one = node("one", first);
        TestServer two = node("two", second)) {
      launch("a/one");
      launch("a/one");
      Await.until("both ended", () -> completed(1) && completed(2));
      assertThat(List.of(first.calls.size(), second.calls.size())).containsExactly(1, 1);
      assertThat(one.node("/")).isNotEqualTo(two.node("/"));
    }
  }

  @Test
  void whatAStoppedNodeRanGoesToAnotherOne() {
    first.on(
        "a/one",
        (call, listener, canceled) -> {
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    TestServer stopping = node("one", first);
    try (stopping) {
      launch("a/one");
      Await.until("it runs", () -> job(1).contains("\"status\":\"running\""));
    }
    try (TestServer _ = node("two", second)) {
      Await.until("the other one completes it", () -> completed(1));
      assertThat(job(1)).contains("\"node\":\"two\"");
    }
  }

  @Test
  void aNodeWithoutAWorkerTakesNothing() {
    try (TestServer _ = node("broken", new WorkerlessPython(first))) {
      Await.until("it has joined", () -> send("GET", "/admin/network").body().contains("broken"));
      launch("a/one");
      try (TestServer sound = node("two", second)) {
        Await.until("the other one completes it", () -> completed(1));
        assertThat(first.calls).isEmpty();
        assertThat(sound.node("/")).isNotNull();
      }
    }
  }

  private TestServer node(String name, PythonRuntime python) {
    return TestServer.in(directory.resolve(name))
        .python(() -> python)
        .joining(master, name, KEY)
        .set("pulzar.server.grace", "50ms")
        .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
        .start();
  }

  private void launch(String script) {
    assertThat(send("POST", "/launch_job/" + script).statusCode()).isEqualTo(200);
  }

  private boolean completed(long id) {
    return job(id).contains("\"status\":\"completed\"");
  }

  private String job(long id) {
    return send("GET", "/admin/jobs/" + id).body();
  }

  private String log(long id) {
    return send("GET", "/admin/jobs/" + id + "/log").body();
  }

  private HttpResponse<String> send(String method, String path) {
    return master.send(method, master.master(path), "");
  }

  /** An installation in which no worker starts. */
  private record WorkerlessPython(ScriptedPython played) implements PythonRuntime {

    @Override
    public Run start(Call call, RunListener listener) {
      return played.start(call, listener);
    }

    @Override
    public void prepare(List<Script> scripts, Limits limits) {
      played.prepare(scripts, limits);
    }

    @Override
    public RuntimeStatus status() {
      return new RuntimeStatus(
          true, false, 1, 0, 0, List.of(), WallReport.none("there are no workers"));
    }

    @Override
    public void close() {
      played.close();
    }
  }
}
