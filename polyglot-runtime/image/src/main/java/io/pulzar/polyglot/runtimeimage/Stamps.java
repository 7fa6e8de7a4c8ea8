package io.pulzar.polyglot.runtimeimage;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Remembers from what each step was made, so that it is made again only when that changed. */
final class Stamps {

  /** Makes what a step is for. */
  @FunctionalInterface
  interface Step {
    void make() throws IOException;
  }

  private final Path file;
  private final Properties stamps = new Properties();

  Stamps(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        stamps.load(reader);
      }
    }
  }

  /**
   * Does the step unless its result is there and was made from the same.
   *
   * <p>A step that fails is remembered too: it is not tried again until its inputs change.
   */
  void step(String name, String stamp, Path result, Step step) throws IOException {
    if (isCurrent(name, stamp) && Files.exists(result)) {
      return;
    }
    System.out.println("image: " + name + " ...");
    stamps.remove(name);
    store();
    long start = System.nanoTime();
    step.make();
    stamps.setProperty(name, stamp);
    store();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    System.out.println("image: " + name + " done in " + millis + " ms");
  }

  boolean isCurrent(String name, String stamp) {
    return stamp.equals(stamps.getProperty(name));
  }

  /** The fingerprint of a file's or a tree's names and contents. */
  static String of(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> sorted =
          files
              .filter(Files::isRegularFile)
              .filter(path -> !path.toString().contains("__pycache__"))
              .sorted()
              .toList();
      for (Path path : sorted) {
        digest.update(tree.relativize(path).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(path));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void store() throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      stamps.store(writer, null);
    }
  }
}
