package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Places;
import io.pulzar.polyglot.wall.FileRules;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a worker needs, for the second wall. It cannot be widened later, so this is what
 * all runs together may need; what a single run may see is the sandbox's business.
 */
final class WorkerFiles {

  static final String LIBRARY_PATH = "LD_LIBRARY_PATH";
  static final String OCR_DATA = "TESSDATA_PREFIX";

  /** Distributions link parts of their Java to here. */
  private static final Path CONFIGURATION = Path.of("/etc");

  private static final String JAVA_CONFIGURATION = "java";

  private WorkerFiles() {}

  /**
   * @param java the program
   */
  static FileRules of(RuntimeSettings settings, Path java) throws IOException {
    Places places = settings.places();
    List<Path> readable = new ArrayList<>(settings.confinement().readable());
    readable.addAll(List.of(places.image(), places.pythonLib(), places.java()));
    readable.addAll(places.packages());
    readable.add(settings.images().languages());
    readable.add(places.drivers());
    readable.addAll(named(System.getenv(LIBRARY_PATH)));
    readable.addAll(named(System.getenv(OCR_DATA)));
    readable.addAll(configurations());
    List<Path> executable = new ArrayList<>(starters());
    executable.add(java);
    return FileRules.ofTheSystem()
        .and(new FileRules(readable, executable, List.of(places.scratch())));
  }

  /** Directories that runs may need one day and that are not there now. */
  static List<Path> absent(RuntimeSettings settings) {
    return Stream.concat(
            settings.confinement().readable().stream(),
            Stream.of(settings.images().languages(), settings.places().drivers()))
        .filter(Files::notExists)
        .toList();
  }

  /** What the processes go through that become the worker: Java's helper, the shell, and nice. */
  private static List<Path> starters() {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "lib", "jspawnhelper"),
                Path.of("/bin/sh")),
            named(System.getenv("PATH")).stream().map(directory -> directory.resolve("nice")))
        .toList();
  }

  private static List<Path> named(@Nullable String path) {
    if (path == null || path.isEmpty()) {
      return List.of();
    }
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> directory.startsWith("/"))
        .map(Path::of)
        .toList();
  }

  private static List<Path> configurations() throws IOException {
    if (!Files.isDirectory(CONFIGURATION)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(CONFIGURATION)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(JAVA_CONFIGURATION))
          .toList();
    }
  }
}
