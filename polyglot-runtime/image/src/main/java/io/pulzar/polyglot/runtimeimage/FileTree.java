package io.pulzar.polyglot.runtimeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Copies and deletes directories. */
final class FileTree {

  private FileTree() {}

  static void delete(Path tree) throws IOException {
    deleteIf(tree, file -> true);
  }

  /** Deletes what matches, below and including {@code tree}. */
  static void deleteIf(Path tree, Predicate<Path> condition) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.filter(condition).sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static void copy(Path from, Path to, Predicate<Path> condition) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(condition).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
