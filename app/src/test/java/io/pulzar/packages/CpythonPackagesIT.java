package io.pulzar.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulzar.CommandRun;
import io.pulzar.TestServer;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.python.WorkerSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages for the host's own Python: a virtual environment in the home, filled by the command. */
final class CpythonPackagesIT {

  private static final Path BUILT = Path.of("..", "polyglot-runtime", "target", "image");

  @TempDir Path directory;

  private final CommandRun typed = new CommandRun(chosen -> settings());

  @BeforeAll
  static void aPythonThatMakesEnvironmentsIsThere() throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder("python3", "-c", "import venv, ensurepip").inheritIO().start();
    assumeTrue(python.waitFor() == 0, "python3 has no venv: apt install python3-venv");
  }

  @Test
  void packagesAreInstalledForAllOrForADirectoryListedUsedAndRemoved() throws Exception {
    Path wheels = Files.createDirectory(directory.resolve("wheels"));
    Wheel.pure("greetings", "1.0").with("WORD = 'hello'\n").needing("helper").into(wheels);
    Wheel.pure("helper", "2.0").with("VALUE = 7\n").into(wheels);
    assertThat(packages("add", "greetings", "--from", wheels.toString())).as(typed::err).isZero();
    assertThat(said()).contains("added greetings 1.0", "added helper 2.0", "after a restart");

    Path served = Files.createDirectory(directory.resolve("served"));
    Wheel.pure("helper", "3.0").with("VALUE = 8\n").into(served);
    try (SimpleIndex index = new SimpleIndex(served)) {
      assertThat(packages("add", "helper", "--index", index.url(), "--for", "jobs/reports"))
          .as(typed::err)
          .isZero();
      assertThat(said()).contains("added helper 3.0");
      assertThat(packages("add", "missing", "--index", index.url())).isEqualTo(3);
      assertThat(complaint()).contains("No matching distribution found for missing");
    }
    assertThat(packages("list")).isZero();
    assertThat(said()).contains("greetings 1.0\nhelper 2.0\n");
    assertThat(packages("list", "--for", "jobs/reports")).isZero();
    assertThat(said()).isEqualTo("helper 3.0\n");

    try (PythonRuntime python = WorkerSettings.open(settings())) {
      assertThat(returned(python, "other/task")).isEqualTo(completed("[\"hello\", 7]"));
      assertThat(returned(python, "reports/task")).isEqualTo(completed("[\"hello\", 8]"));
      assertThat(python.find(ScriptRuntime.CPYTHON)).contains(directory.resolve("home").toString());
    }

    assertThat(packages("remove", "Helper")).isZero();
    assertThat(said()).contains("removed helper 2.0");
    assertThat(packages("remove", "helper")).isEqualTo(3);
    assertThat(packages("remove", "helper", "--for", "jobs/reports")).isZero();
  }

  private static Outcome completed(String list) {
    return new Outcome.Completed("{\"ok\":true,\"result\":" + list + "}");
  }

  private String said() {
    return typed.out();
  }

  private String complaint() {
    return typed.err();
  }

  private int packages(String action, String... words) {
    List<String> line = new ArrayList<>(List.of("packages", action));
    line.addAll(List.of(words));
    line.addAll(List.of("--runtime", "cpython"));
    return typed.run(line.toArray(String[]::new));
  }

  private Settings settings() {
    return TestServer.settings(
        directory,
        Map.of(
            "pulzar.workers.image", BUILT.toAbsolutePath().toString(),
            "pulzar.workers.library", BUILT.resolve("python-lib").toAbsolutePath().toString()));
  }

  private Outcome returned(PythonRuntime python, String name) throws Exception {
    Path jobs = settings().get(ServerSettings.JOBS_DIR);
    Path script = jobs.resolve(name + ".py");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        """
        import greetings, helper

        def execute(arguments):
            return [greetings.WORD, helper.VALUE]
        """);
    Call call =
        new Call(
            name,
            new Script(jobs, name, Script.Entry.JOB),
            "{\"job_id\":1}",
            Optional.empty(),
            Isolation.CLEAN,
            new Limits(Duration.ofMinutes(5), 128L << 20, 1 << 20, true),
            HostCalls.NONE,
            ScriptRuntime.CPYTHON);
    return python.start(call, RunListener.SILENT).finished().toCompletableFuture().join().outcome();
  }
}
