package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The package {@code test} of CPython 3.12, from wherever this machine has it. */
final class CpythonSuite {

  private static final String PROPERTY = "pulzar.cpython.tests";
  private static final String TESTED = "test_json";

  private CpythonSuite() {}

  /** Copies it, without compiled files. */
  static void copyTo(Path target) throws IOException, InterruptedException {
    Path found = find();
    try (Stream<Path> files = Files.walk(found)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!file.toString().contains("__pycache__")) {
          Files.copy(file, target.resolve(found.relativize(file).toString()));
        }
      }
    }
  }

  private static Path find() throws IOException, InterruptedException {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    Optional<Path> installed = ofProgram(List.of("python3.12"));
    if (installed.isPresent()) {
      return installed.get();
    }
    Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(versions, "3.12.*")) {
      for (Path folder : folders) {
        Path tests = folder.resolve("lib").resolve("python3.12").resolve("test");
        if (Files.isDirectory(tests.resolve(TESTED))) {
          return tests;
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      // There is no pyenv.
    }
    return fail(
        "This needs the tests of CPython 3.12: install python3.12 with libpython3.12-testsuite, or"
            + " build one with pyenv, or name a folder Lib/test of its sources with -D"
            + PROPERTY
            + "=DIR.");
  }

  private static Optional<Path> ofProgram(List<String> program)
      throws IOException, InterruptedException {
    String script =
        "import os, test." + TESTED + " as t; print(os.path.dirname(os.path.dirname(t.__file__)))";
    Process process;
    try {
      process =
          new ProcessBuilder(Stream.concat(program.stream(), Stream.of("-c", script)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException absent) {
      return Optional.empty();
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(Path.of(said.strip())) : Optional.empty();
  }
}
