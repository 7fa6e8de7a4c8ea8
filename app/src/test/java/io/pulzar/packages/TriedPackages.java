package io.pulzar.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The packages of {@code python-lib/tests/packages/tried.json}: fetched from where people get them,
 * installed by the command, and used by {@code uses.py}.
 */
final class TriedPackages implements AutoCloseable {

  private static final Path HERE = Path.of("..", "python-lib", "tests", "packages");
  private static final Path BUILT = Path.of("..", "polyglot-runtime", "target", "image");

  private final Path directory;
  private final ScriptRuntime kind;
  private final PythonRuntime python;

  /** Fetches and installs all that are for one kind of Python, and opens it. */
  TriedPackages(Path directory, ScriptRuntime kind) throws IOException, InterruptedException {
    this.directory = directory;
    this.kind = kind;
    install();
    this.python =
        kind == ScriptRuntime.GRAALPY
            ? WorkerSettings.openBeside(settings(), directory.toAbsolutePath())
            : WorkerSettings.open(settings());
  }

  /** The names of those that are for one kind of Python. */
  static List<String> names(ScriptRuntime kind) throws IOException {
    return tried(kind).map(Map.Entry::getKey).toList();
  }

  private static Stream<Map.Entry<String, JsonNode>> tried(ScriptRuntime kind) throws IOException {
    JsonNode tried =
        Objects.requireNonNull(
            JsonMapper.createDefault()
                .readValue(Files.readAllBytes(HERE.resolve("tried.json")), JsonNode.class));
    return StreamSupport.stream(tried.entries().spliterator(), false)
        .filter(entry -> kind.equals(kindOf(entry.getValue())));
  }

  /** What the command is given: the name, or what stands for it with an extra. */
  private List<String> requirements() throws IOException {
    return tried(kind)
        .map(
            entry -> {
              JsonNode wheel = entry.getValue().get("wheel");
              return wheel == null ? entry.getKey() : wheel.getStringValue();
            })
        .toList();
  }

  private static ScriptRuntime kindOf(JsonNode entry) {
    JsonNode runtime = entry.get("runtime");
    return runtime == null
        ? ScriptRuntime.GRAALPY
        : ScriptRuntime.valueOf(runtime.getStringValue().toUpperCase(Locale.ROOT));
  }

  /** What can't be had fails with its name. */
  private void install() throws IOException, InterruptedException {
    String name = kind.name().toLowerCase(Locale.ROOT);
    Path wheels = Files.createDirectory(directory.resolve("wheels"));
    Process fetch =
        new ProcessBuilder("python3", HERE.resolve("fetch.py").toString(), name, wheels.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(fetch.waitFor()).as(said).isZero();
    List<String> line = new ArrayList<>(List.of("packages", "add"));
    line.addAll(requirements());
    line.addAll(List.of("--from", wheels.toString(), "--runtime", name));
    CommandRun typed = new CommandRun(chosen -> settings());
    assertThat(typed.run(line.toArray(String[]::new))).as(typed::err).isZero();
    Files.copy(HERE.resolve("uses.py"), Files.createDirectories(jobs()).resolve("uses.py"));
  }

  /** Where scripts lie. */
  Path jobs() {
    return settings().get(ServerSettings.JOBS_DIR);
  }

  private Settings settings() {
    return TestServer.settings(
        directory,
        Map.of(
            "pulzar.workers.image", BUILT.toAbsolutePath().toString(),
            "pulzar.workers.library", BUILT.resolve("python-lib").toAbsolutePath().toString()));
  }

  /** How a use of one package ends: completed with its version, when all is as it should be. */
  Outcome used(String name) throws Exception {
    return ran("uses", "[\"%s\"]".formatted(name));
  }

  /** How a function below the directory of jobs ends. */
  Outcome ran(String script, String arguments) throws Exception {
    Call call =
        new Call(
            script,
            new Script(jobs(), script, Script.Entry.FUNCTION),
            arguments,
            Optional.empty(),
            Isolation.FRESH,
            new Limits(Duration.ofMinutes(4), 1L << 30, 1 << 20, true),
            HostCalls.NONE,
            kind);
    return python.start(call, RunListener.SILENT).finished().toCompletableFuture().join().outcome();
  }

  @Override
  public void close() {
    python.close();
  }
}
