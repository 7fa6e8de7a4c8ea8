package io.pulzar.values;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of values that are in the bucket, by their numbers. An object never changes, so a file is
 * good for as long as it is what was written, which its reader checks. When there are too many
 * bytes, those unused for longest go; who is reading them has a name of his own for them.
 */
final class ValueCache {

  private final Path directory;
  private final long most;
  private final InstantSource clock;

  /**
   * @param most bytes of all files together
   */
  ValueCache(Path directory, long most, InstantSource clock) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.most = most;
    this.clock = clock;
  }

  /** Gives the file of a value another name; false when it is not here. */
  boolean link(long id, Path name) throws IOException {
    Path file = file(id);
    try {
      Files.createLink(name, file);
      // By the name that is the caller's: the other one may be gone.
      Files.setLastModifiedTime(name, FileTime.from(clock.instant()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Keeps a file that is whole, unless it is too large for that. */
  synchronized void keep(long id, Path whole) throws IOException {
    long size = Files.size(whole);
    if (size > most) {
      return;
    }
    makeRoom(size);
    try {
      Files.createLink(file(id), whole);
    } catch (FileAlreadyExistsException fetchedMeanwhile) {
      // Another job's is as good.
    }
  }

  /** Drops a file that turned out not to be what was written. */
  void drop(long id) throws IOException {
    boolean _ = Files.deleteIfExists(file(id));
  }

  private record Kept(Path file, long size, FileTime used) {}

  private void makeRoom(long needed) throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        look(file).ifPresent(kept::add);
      }
    }
    kept.sort(Comparator.comparing(Kept::used));
    long bytes = needed + kept.stream().mapToLong(Kept::size).sum();
    for (Kept oldest : kept) {
      if (bytes <= most) {
        return;
      }
      boolean _ = Files.deleteIfExists(oldest.file());
      bytes -= oldest.size();
    }
  }

  /** Empty when it has gone meanwhile. */
  private static Optional<Kept> look(Path file) throws IOException {
    try {
      return Optional.of(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Path file(long id) {
    return directory.resolve(HexFormat.of().toHexDigits(id));
  }
}
