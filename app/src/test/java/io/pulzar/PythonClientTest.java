package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.access.TestTokens;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code python-lib/tests/client_cases.py} expects of a server, with played workers; the
 * environment's PYTHON says with which interpreter, 3.9 or newer.
 */
final class PythonClientTest {

  private static final ScriptedPython PYTHON = new ScriptedPython(8);

  @TempDir private Path directory;

  @Test
  void everyCaseOfTheClientAndItsManualRuns() throws Exception {
    for (String name :
        List.of("example/factorial", "example/broken", "example/slow", "reports/daily")) {
      Path file = directory.resolve("jobs").resolve(name + ".py");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "def main(**anything):\n    return 120\n");
    }
    PYTHON.on(
        "example/factorial",
        (call, listener, canceled) -> new Outcome.Completed("{\"ok\":true,\"result\":120}"));
    PYTHON.on(
        "example/broken",
        (call, listener, canceled) -> new Outcome.Raised("ValueError", "it is broken", ""));
    PYTHON.on(
        "example/slow",
        (call, listener, canceled) -> {
          listener.log("first line\n");
          canceled.toCompletableFuture().join();
          listener.log(" second line\n\nlast line\n");
          return new Outcome.Canceled();
        });
    try (TestServer server =
        TestServer.in(directory)
            .python(() -> PYTHON)
            .set("pulzar.auth", "on")
            .set("pulzar.general.maxsize", "5")
            .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
            .start()) {
      assertThat(cases(server)).endsWith("OK");
    }
  }

  /** What Python's unittest prints. */
  private static String cases(TestServer server) throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    ProcessBuilder cases =
        new ProcessBuilder(python, "-W", "error", "-B", "-m", "unittest", "tests.client_cases")
            .directory(Path.of("..", "python-lib").toFile())
            .redirectErrorStream(true);
    cases.environment().put("PULZAR_SERVER", server.master("").toString());
    cases.environment().put("PULZAR_TOKEN", TestTokens.create(server, "cases", "administrator"));
    Process process = cases.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }
}
