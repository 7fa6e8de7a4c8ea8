package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of the master that nodes run without having a directory of their own. */
final class DistributedScriptsTest {

  private static final String KEY = "the key of this cluster";
  private static final String SCRIPT =
      "class A:\n    def execute(self):\n        '''Description: %s'''\n";

  @TempDir private Path directory;
  private final ScriptedPython python = new ScriptedPython(1);

  @Test
  void aScriptOfTheMasterRunsOnANodeThatDoesNotHaveItAndGoesWithIt() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs/deep"));
    Path script = jobs.resolve("a.py");
    Files.writeString(script, SCRIPT.formatted("first"));
    Path config = directory.resolve("server.conf");
    Files.writeString(config, "[jobs]\ndistribute = True\n");
    try (TestServer master =
            TestServer.in(directory.resolve("master"))
                .set("pulzar.server.config", config.toString())
                .set("pulzar.server.role", "master")
                .set("pulzar.server.key", KEY)
                .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
                .start();
        TestServer node = node(master)) {
      assertThat(post(master, "/launch_job/deep/a?wait=30s")).contains("\"status\":\"completed\"");
      Path root = python.calls.element().script().root();
      assertThat(root.resolve("deep/a.py")).hasContent(SCRIPT.formatted("first"));
      assertThat(root).isNotEqualTo(directory.resolve("jobs"));
      assertThat(get(master, "/admin/network/one")).contains("\"scripts\":1");

      Files.writeString(script, SCRIPT.formatted("changed"));
      Await.until(
          "the change is there",
          () -> {
            post(master, "/launch_job/deep/a?wait=30s");
            Path latest = last().script().root();
            return !latest.equals(root);
          });
      Files.delete(script);
      Await.until("it is gone", () -> get(master, "/admin/network/one").contains("\"scripts\":0"));
      Await.until(
          "it can't be launched",
          () -> post(master, "/launch_job/deep/a").contains("job_not_found"));
      assertThat(node.node("/")).isNotNull();
    }
  }

  private io.pulzar.polyglot.Call last() {
    return python.calls.stream().reduce((one, next) -> next).orElseThrow();
  }

  private TestServer node(TestServer master) {
    return TestServer.in(directory.resolve("one"))
        .python(() -> python)
        .joining(master, "one", KEY)
        .start();
  }

  private static String get(TestServer master, String path) {
    return master.send("GET", master.master(path), "").body();
  }

  private static String post(TestServer master, String path) {
    return master.send("POST", master.master(path), "").body();
  }
}
