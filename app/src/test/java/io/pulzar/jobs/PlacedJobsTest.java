package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.scripts.ScriptPath;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where jobs run, with nodes that have scripts and labels of their own. */
final class PlacedJobsTest {

  private static final String KEY = "the key of this cluster";

  @TempDir private Path directory;
  private final ScriptedPython first = new ScriptedPython(1);
  private final ScriptedPython second = new ScriptedPython(1);
  private TestServer master;

  @BeforeEach
  void start() throws IOException {
    script("master", "both", "");
    script("one", "both", "");
    script("two", "both", "");
    script("two", "rare", "Description: Only on two\n        Timeout: 7s");
    script("master", "picky", "Node: gpu");
    script("one", "picky", "Node: gpu");
    script("two", "picky", "Node: gpu");
    script("master", "nowhere", "");
    master =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", KEY)
            .start();
  }

  @AfterEach
  void stop() {
    master.close();
  }

  @Test
  void aScriptOfOneNodeIsListedAndRunsThereOnlyWithItsOwnSettings() {
    try (TestServer _ = node("one", first, "");
        TestServer _ = node("two", second, "")) {
      Await.until("it is listed", () -> get("/admin/job_catalog").contains("Only on two"));
      assertThat(get("/admin/job_catalog?nodes=true"))
          .contains("\"path\":\"rare\"", "\"nodes\":[\"two\"]");
      for (int round = 0; round < 5; round++) {
        assertThat(launch("rare?wait=30s")).contains("\"node\":\"two\"");
      }
      assertThat(second.calls)
          .hasSize(5)
          .allSatisfy(call -> assertThat(call.limits().timeout()).hasSeconds(7));
      assertThat(first.calls).isEmpty();
    }
  }

  @Test
  void aScriptThatNobodyHasIsRefused() {
    try (TestServer _ = node("one", first, "")) {
      Await.until("it has reported", () -> get("/admin/network").contains("\"scripts\":2"));
      assertThat(launch("rare")).contains("job_not_found");
    }
  }

  @Test
  void aJobWhoseScriptIsOnNoNodeWaitsAndSaysWhy() throws IOException {
    try (TestServer _ = node("one", first, "")) {
      Await.until("it has reported", () -> get("/admin/network").contains("\"scripts\":2"));
      launch("nowhere");
      assertThat(get("/admin/jobs/1")).contains("\"waiting\":\"nowhere.py is not on one\"");
      script("one", "nowhere", "");
      Await.until("it has run", () -> get("/admin/jobs/1").contains("\"status\":\"completed\""));
    }
  }

  @Test
  void aLabelledScriptWaitsForANodeWithTheLabel() {
    try (TestServer _ = node("one", first, "")) {
      Await.until("it has reported", () -> get("/admin/network").contains("\"scripts\":2"));
      launch("picky");
      assertThat(get("/admin/jobs/1")).contains("no node has the name or label gpu");
      try (TestServer _ = node("two", second, "big, gpu")) {
        Await.until("it has run", () -> get("/admin/jobs/1").contains("\"status\":\"completed\""));
        assertThat(get("/admin/jobs/1")).contains("\"node\":\"two\"", "\"waiting\":null");
        assertThat(get("/admin/network/two")).contains("\"labels\":[\"big\",\"gpu\"]");
        assertThat(first.calls).isEmpty();
      }
    }
  }

  @Test
  void aLabelThatIsNoneStopsTheStart() {
    assertThatThrownBy(() -> node("one", first, "big machine"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.node.labels");
  }

  private TestServer node(String name, ScriptedPython python, String labels) {
    return TestServer.in(directory.resolve(name))
        .python(() -> python)
        .joining(master, name, KEY)
        .set("pulzar.server.grace", "50ms")
        .set("pulzar.node.labels", labels)
        .start();
  }

  private void script(String server, String name, String docstring) throws IOException {
    Path jobs = Files.createDirectories(directory.resolve(server).resolve("jobs"));
    Files.writeString(
        jobs.resolve(name + ".py"),
        "class %s:\n    def execute(self):\n        '''%s'''\n"
            .formatted(ScriptPath.className(name), docstring));
  }

  private String launch(String script) {
    return master.send("POST", master.master("/launch_job/" + script), "").body();
  }

  private String get(String path) {
    return master.send("GET", master.master(path), "").body();
  }
}
