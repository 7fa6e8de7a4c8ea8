package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.CpythonSettings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Python of the host.
 *
 * @param directories where it and its packages are
 */
record HostPython(Path program, String version, List<Path> directories) {

  private static final int OLDEST_MINOR = 9;
  private static final long PATIENCE_SECONDS = 20;
  private static final String ON_THE_PATH = "python3";
  private static final int FIXED_LINES = 3;

  /** Its minor version, its whole version, itself, and its directories, in a line each. */
  private static final String ASK =
      """
      import sys, sysconfig
      print(sys.version_info[1])
      print(sys.version.split()[0])
      print(sys.executable)
      for path in [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *sys.path]:
          print(path)
      """;

  /** These hold more than Python, and what of them it needs is listed by itself. */
  private static final Set<String> TOO_WIDE = Set.of("/", "/usr", "/usr/local", "");

  /**
   * Looks where the settings say, in the virtual environment, and on the path.
   *
   * @throws IOException when there is none, or it is too old
   */
  static HostPython find(CpythonSettings settings) throws IOException {
    Path program =
        settings
            .program()
            .or(() -> executable(settings.environment().resolve("bin").resolve(ON_THE_PATH)))
            .or(HostPython::onThePath)
            .orElseThrow(
                () ->
                    new IOException(
                        "there is no python3 on this machine: install Python 3.9 or newer (Debian:"
                            + " apt install python3), or name one with pulzar.cpython.program"));
    List<String> answer = ask(program);
    if (answer.size() < FIXED_LINES || Integer.parseInt(answer.getFirst()) < OLDEST_MINOR) {
      throw new IOException(
          program
              + " is too old: scripts in CPython need Python 3.9 or newer; name one with"
              + " pulzar.cpython.program");
    }
    List<Path> directories =
        answer.stream()
            .skip(FIXED_LINES)
            .filter(line -> !TOO_WIDE.contains(line))
            .map(Path::of)
            .filter(Files::isDirectory)
            .distinct()
            .toList();
    // What was found may be a script that starts another.
    return new HostPython(Path.of(answer.get(2)), answer.get(1), directories);
  }

  private static Optional<Path> onThePath() {
    String path = System.getenv("PATH");
    return path == null
        ? Optional.empty()
        : Stream.of(path.split(File.pathSeparator, -1))
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, ON_THE_PATH))
            .filter(Files::isExecutable)
            .findFirst();
  }

  private static Optional<Path> executable(Path program) {
    return Files.isExecutable(program) ? Optional.of(program) : Optional.empty();
  }

  private static List<String> ask(Path program) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString(), "-I", "-B", "-c", ASK);
    ProcessLimits.clean(builder.environment());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return said.lines().toList();
      }
      throw new IOException(
          program + " does not work: run it by hand, or name another with pulzar.cpython.program");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + program, e);
    } finally {
      process.destroyForcibly();
    }
  }
}
