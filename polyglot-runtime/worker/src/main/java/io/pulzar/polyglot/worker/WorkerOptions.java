package io.pulzar.polyglot.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pool gives a worker on its command line.
 *
 * @param pythonHome the extracted home of GraalPy
 * @param pythonLib the library that scripts import, with the package {@code _pulzar}
 * @param packages directories with installed packages, searched before {@code pythonLib}
 * @param spares contexts to keep ready for scripts that have none yet
 * @param contexts contexts of scripts to keep
 * @param cleanUp what a script has for its {@code finally} and {@code atexit} when it is stopped
 */
record WorkerOptions(
    Path pythonHome,
    Path pythonLib,
    List<Path> packages,
    int spares,
    int contexts,
    Duration cleanUp) {

  static final String USAGE =
      "--python-home DIR --python-lib DIR [--spares N] [--contexts N] [--clean-up MILLIS]"
          + " [--packages DIR]…";

  WorkerOptions {
    packages = List.copyOf(packages);
    needDirectory("--python-home", pythonHome);
    needDirectory("--python-lib", pythonLib);
    if (spares < 0 || contexts < 1 || cleanUp.isNegative()) {
      throw new IllegalArgumentException(
          "--spares and --clean-up must not be negative and --contexts must be positive");
    }
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static WorkerOptions parse(String... arguments) {
    Path pythonHome = Path.of("");
    Path pythonLib = Path.of("");
    List<Path> packages = new ArrayList<>();
    int spares = 1;
    int contexts = 8;
    Duration cleanUp = Duration.ofSeconds(1);
    for (int i = 0; i < arguments.length; i += 2) {
      String option = arguments[i];
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(option + " needs a value; usage: " + USAGE);
      }
      String value = arguments[i + 1];
      switch (option) {
        case "--python-home" -> pythonHome = Path.of(value);
        case "--python-lib" -> pythonLib = Path.of(value);
        case "--packages" -> packages.add(Path.of(value));
        case "--spares" -> spares = Integer.parseInt(value);
        case "--contexts" -> contexts = Integer.parseInt(value);
        case "--clean-up" -> cleanUp = Duration.ofMillis(Long.parseLong(value));
        default ->
            throw new IllegalArgumentException("unknown option " + option + "; usage: " + USAGE);
      }
    }
    return new WorkerOptions(pythonHome, pythonLib, packages, spares, contexts, cleanUp);
  }

  private static void needDirectory(String option, Path directory) {
    if (directory.toString().isEmpty() || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          option + " must name a directory, got '" + directory + "'; usage: " + USAGE);
    }
  }
}
