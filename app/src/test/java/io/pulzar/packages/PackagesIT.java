package io.pulzar.packages;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.pulzar.python.WorkerSettings;
import io.pulzar.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages from a folder of wheels, by the command, in real workers. */
final class PackagesIT {

  private static final Path BUILT = Path.of("..", "polyglot-runtime", "target", "image");

  @TempDir Path directory;

  private final CommandRun typed = new CommandRun(chosen -> settings());

  @Test
  void packagesOfPurePythonAreInstalledListedUsedAndRemoved() throws Exception {
    Path wheels = Files.createDirectory(directory.resolve("wheels"));
    Wheel.pure("greetings", "1.0").with("WORD = 'hello'\n").needing("helper").into(wheels);
    Wheel.pure("helper", "2.0").with("VALUE = 7\n").into(wheels);
    Wheel.pure("psutil", "9.9").with("__version__ = 'installed'\n").into(wheels);
    String from = wheels.toString();

    assertThat(packages("add", "greetings", "psutil", "--from", from)).as(typed::err).isZero();
    assertThat(said()).contains("added greetings 1.0", "added helper 2.0", "added psutil 9.9");

    Path served = Files.createDirectory(directory.resolve("served"));
    Wheel.pure("helper", "2.0").with("VALUE = 7\n").into(served);
    Wheel.pure("helper", "3.0").with("VALUE = 8\n").into(served);
    Wheel.of("fastmath", "1.0", "cp312-cp312-manylinux_2_17_x86_64").into(served);
    Files.writeString(served.resolve("sourced-1.0.tar.gz"), "");
    try (SimpleIndex index = new SimpleIndex(served)) {
      String url = index.url();
      assertThat(packages("add", "helper<3", "--index", url, "--for", "jobs/reports"))
          .as(typed::err)
          .isZero();
      assertThat(packages("add", "fastmath", "--index", url)).isEqualTo(3);
      assertThat(complaint()).contains("fastmath needs native code (fastmath-1.0-cp312");
      assertThat(packages("add", "sourced", "--index", url)).isEqualTo(3);
      assertThat(complaint()).contains("sourced comes as source only", "pip wheel sourced");
    }
    assertThat(packages("add", "missing", "--from", from)).isEqualTo(3);
    assertThat(complaint()).contains("has no package missing");
    assertThat(directory.resolve("home").resolve("scratch")).isEmptyDirectory();

    assertThat(packages("list")).isZero();
    assertThat(said()).isEqualTo("greetings 1.0\nhelper 2.0\npsutil 9.9\n");
    assertThat(packages("remove", "Helper", "--json")).isZero();
    assertThat(said()).isEqualTo("{\"removed\":[{\"name\":\"helper\",\"version\":\"2.0\"}]}\n");
    assertThat(packages("remove", "helper")).isEqualTo(3);

    try (PythonRuntime python = WorkerSettings.openBeside(settings(), directory.toAbsolutePath())) {
      assertThat(imported(python, "other/task")).isEqualTo("[\"hello\", \"installed\", null]");
      assertThat(imported(python, "reports/task")).isEqualTo("[\"hello\", \"installed\", 7]");
    }
  }

  private String said() {
    return typed.out();
  }

  private String complaint() {
    return typed.err();
  }

  private int packages(String... words) {
    List<String> line = new ArrayList<>(List.of("packages"));
    line.addAll(List.of(words));
    return typed.run(line.toArray(String[]::new));
  }

  private Settings settings() {
    return TestServer.settings(
        directory,
        Map.of(
            "pulzar.workers.image", BUILT.toAbsolutePath().toString(),
            "pulzar.workers.library", BUILT.resolve("python-lib").toAbsolutePath().toString()));
  }

  /** What a job gets that imports the three, or null for one that it does not find. */
  private String imported(PythonRuntime python, String name) throws Exception {
    Path script = directory.resolve("jobs").resolve(name + ".py");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        """
        from pulzarcore.core_jobs import CoreJobs
        import json

        def value(module, name):
            try:
                return getattr(__import__(module), name)
            except ImportError:
                return None

        class Task(CoreJobs):
            def execute(self):
                found = [value('greetings', 'WORD'), value('psutil', '__version__'), value('helper', 'VALUE')]
                self.pulzar_set_output(json.dumps(found))
                return True
        """);
    StringBuilder output = new StringBuilder();
    RunListener listener =
        new RunListener() {
          @Override
          public void output(String part) {
            output.append(part);
          }
        };
    Call call =
        new Call(
            name,
            new Script(directory.resolve("jobs"), name, Script.Entry.JOB),
            "{\"job_id\": 1}",
            Optional.empty(),
            Isolation.CLEAN,
            new Limits(Duration.ofMinutes(5), 512L << 20, 1 << 20, true),
            HostCalls.NONE);
    Outcome outcome =
        python.start(call, listener).finished().toCompletableFuture().join().outcome();
    assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    return output.toString();
  }
}
