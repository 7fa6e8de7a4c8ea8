package io.pulzar.scripts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that a node fetched, named by their SHA-256. They are a cache: what does not have the
 * content that its name says is fetched again.
 */
final class FetchedFiles {

  /** Reads a part of a file at the master; empty at its end. */
  @FunctionalInterface
  interface Source {
    byte[] read(String sha256, long offset) throws IOException;
  }

  private static final String UNFINISHED = "unfinished";

  private final Path directory;
  private final Path aside;
  private final InstantSource clock;
  private final Duration kept;

  /** Those of this process; what an earlier one left is looked at before it is used. */
  private final Set<String> checked = new HashSet<>();

  FetchedFiles(Path directory, InstantSource clock, Duration kept) {
    this.directory = directory;
    this.aside = directory.resolve("unlisted");
    this.clock = clock;
    this.kept = kept;
  }

  /** A file with this content, fetched when it is not there. */
  Path get(String sha256, Source source) throws IOException {
    Path file = directory.resolve(sha256);
    if (checked.contains(sha256) && Files.exists(file)) {
      return file;
    }
    Path old = aside.resolve(sha256);
    if (!Files.exists(file) && Files.exists(old)) {
      Files.move(old, file);
    }
    if (!Files.exists(file) || !Digest.ofFile(file).equals(sha256)) {
      fetch(sha256, source, file);
    }
    checked.add(sha256);
    return file;
  }

  private void fetch(String sha256, Source source, Path file) throws IOException {
    Files.createDirectories(directory);
    Path unfinished = directory.resolve(UNFINISHED);
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (byte[] part = source.read(sha256, 0);
          part.length > 0;
          part = source.read(sha256, out.position())) {
        ByteBuffer bytes = ByteBuffer.wrap(part);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
    }
    if (!Digest.ofFile(unfinished).equals(sha256)) {
      throw new IOException("a script changed while it was fetched");
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Sets all others aside, and deletes them after days: the list of the master may be what is
   * wrong, and then these are the last copies.
   */
  void keepOnly(Set<String> wanted) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(aside);
    Instant now = clock.instant();
    for (Path file : filesIn(directory)) {
      if (!wanted.contains(file.getFileName().toString())) {
        Files.setLastModifiedTime(file, FileTime.from(now));
        Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    for (Path file : filesIn(aside)) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(kept))) {
        Files.delete(file);
      }
    }
    checked.retainAll(wanted);
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
