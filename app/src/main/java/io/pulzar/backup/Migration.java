package io.pulzar.backup;

import io.pulzar.cli.RefusedException;
import io.pulzar.storage.DumpContents;
import io.pulzar.storage.StorageEngine;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Moves the databases of a master that does not run from one engine to another, and compares. What
 * they are moved from stays as it is.
 */
final class Migration {

  private final StorageEngine source;
  private final StorageEngine target;
  private final Path directory;

  /**
   * Between two engines.
   *
   * @param directory of the master: where the databases are, or would be
   */
  Migration(StorageEngine source, StorageEngine target, Path directory) {
    this.source = source;
    this.target = target;
    this.directory = directory;
  }

  /**
   * What was moved.
   *
   * @param databases by name, how many records each has
   */
  record Result(Map<String, Long> databases) {}

  /**
   * Moves all of them.
   *
   * @param now noted nowhere: nothing happened in between
   * @throws RefusedException when there is something at the target, or it is not the same after
   *     all; then the target is to be emptied and the source is as it was
   */
  Result run(Path scratch, Instant now) throws IOException {
    List<Path> databases = source.databases(directory);
    if (databases.isEmpty()) {
      throw new RefusedException("there is nothing to move in " + directory);
    }
    List<Path> taken = target.databases(directory);
    if (!taken.isEmpty()) {
      throw new RefusedException(
          target.name()
              + " has databases there already ("
              + taken.getFirst().getFileName()
              + "): name another place, or move them away");
    }
    Map<String, Long> moved = new TreeMap<>();
    for (Path database : databases) {
      Path dump = scratch.resolve(database.getFileName() + ".dump");
      write(source, database, dump);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(dump))) {
        target.load(in, database, now, now);
      }
      Path again = scratch.resolve(database.getFileName() + ".again");
      write(target, database, again);
      Map<String, DumpContents.Content> before = contents(dump);
      if (!before.equals(contents(again))) {
        throw new RefusedException(
            database.getFileName() + " is not the same there: empty the place and try again");
      }
      moved.put(
          String.valueOf(database.getFileName()),
          before.values().stream().mapToLong(DumpContents.Content::entries).sum());
      Files.delete(dump);
      Files.delete(again);
    }
    return new Result(moved);
  }

  private static void write(StorageEngine engine, Path database, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      engine.dump(database, out);
    }
  }

  private static Map<String, DumpContents.Content> contents(Path dump) throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(dump))) {
      return DumpContents.of(stream);
    }
  }
}
