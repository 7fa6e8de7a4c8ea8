package io.pulzar.packages;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.packages.InstalledPackages.Installed;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Has pip install packages in a worker, and takes over what it made. */
final class Installation {

  private static final String SCRIPT = "install_packages";
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(10), 512L << 20, 16L << 20, true);

  /** What pip can install from, by the ends of their names. */
  private static final List<String> DISTRIBUTIONS = List.of(".whl", ".tar.gz", ".zip");

  /** It did not work; the message says why. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1;

    FailedException(String message) {
      super(message);
    }
  }

  private final JsonMapper json = JsonMapper.createDefault();
  private final PythonRuntime python;
  private final Path workspace;

  /**
   * @param workspace an empty directory
   */
  Installation(PythonRuntime python, Path workspace) {
    this.python = python;
    this.workspace = workspace;
  }

  /**
   * Installs packages and what they need.
   *
   * @param wheels a folder that is searched instead of an index
   * @param index the URL of an index, instead of PyPI
   * @param target where they go
   */
  List<Installed> into(
      InstalledPackages target, List<String> names, Optional<Path> wheels, Optional<String> index)
      throws IOException, FailedException {
    prepare(wheels);
    List<Installed> added = new ArrayList<>();
    HostCalls desk =
        (question, arguments, scratch) -> {
          try {
            added.addAll(target.take(scratch.resolve("site")));
            return "null";
          } catch (IOException e) {
            throw new HostCallException("OSError", e.toString());
          }
        };
    Map<String, Object> request =
        Map.of("names", names, "folder", wheels.isPresent(), "index", index.orElse(""));
    switch (run(json.writeValueAsString(request), desk)) {
      case Outcome.Completed(String value) when value.equals("null") -> {
        return added;
      }
      case Outcome.Completed(String problem) ->
          throw new FailedException(String.valueOf(json.readValue(problem, Argument.STRING)));
      case Outcome.Raised(String type, String message, _) ->
          throw new FailedException("pip failed: " + type + ": " + message);
      case Outcome other -> throw new FailedException("pip did not come to an end: " + other);
    }
  }

  private void prepare(Optional<Path> wheels) throws IOException {
    try (InputStream script = Installation.class.getResourceAsStream(SCRIPT + ".py")) {
      if (script == null) {
        throw new IOException(SCRIPT + ".py is not on the class path");
      }
      Files.copy(script, workspace.resolve(SCRIPT + ".py"));
    }
    Path copies = Files.createDirectory(workspace.resolve("wheels"));
    if (wheels.isPresent()) {
      // The sandbox would not let pip look into the folder itself.
      try (Stream<Path> files = Files.list(wheels.get())) {
        for (Path file : files.filter(Installation::isDistribution).toList()) {
          Files.copy(file, copies.resolve(file.getFileName().toString()));
        }
      }
    }
  }

  private Outcome run(String request, HostCalls desk) throws FailedException {
    Call call =
        new Call(
            "packages",
            new Script(workspace, SCRIPT, Script.Entry.FUNCTION),
            request,
            Optional.empty(),
            Isolation.FRESH,
            LIMITS,
            desk);
    try {
      return python
          .start(call, RunListener.SILENT)
          .finished()
          .toCompletableFuture()
          .join()
          .outcome();
    } catch (RuntimeFullException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isDistribution(Path file) {
    return DISTRIBUTIONS.stream().anyMatch(file.toString()::endsWith);
  }
}
