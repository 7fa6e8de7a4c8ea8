package io.pulzar.values;

import io.pulzar.upkeep.Rounds;
import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Contents that no record stands for. A record may be missing because it is the index that was
 * lost, here or at the master; so nothing is deleted for the lack of one. It is set aside, under
 * the number of its version, and goes only after days in which nobody knew it.
 *
 * <p>Beside a content whose key is known, a file {@code NUMBER.key} tells it, for a person.
 */
final class Quarantine {

  private static final int NAME_LENGTH = 16;
  private static final String KEY = ".key";

  private final Path directory;
  private final ValueFiles files;
  private final InstantSource clock;
  private final Duration kept;

  /**
   * @param kept how long something stays
   */
  Quarantine(Path directory, ValueFiles files, InstantSource clock, Duration kept) {
    this.directory = directory;
    this.files = files;
    this.clock = clock;
    this.kept = kept;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + directory, e);
    }
  }

  /** Sets the file of a version aside that nothing is known of. */
  void take(long id) throws IOException {
    link(id);
    files.delete(id);
  }

  /** Keeps the content of a version that is about to be dropped. */
  void keep(StoredValue value) throws IOException {
    switch (value.content()) {
      case Content.Inline inline -> {
        Files.write(file(value.id()), inline.bytes());
        date(value.id());
      }
      case Content.InFile _ -> link(value.id());
    }
    Files.writeString(directory.resolve(name(value.id()) + KEY), value.key());
  }

  /** The numbers of what is here. */
  List<Long> ids() throws IOException {
    List<Long> ids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.length() == NAME_LENGTH && name.chars().allMatch(HexFormat::isHexDigit)) {
          ids.add(HexFormat.fromHexDigitsToLong(name));
        }
      }
    }
    return ids;
  }

  Path file(long id) {
    return directory.resolve(name(id));
  }

  /** Gives a content its place among the values back. */
  void release(long id) throws IOException {
    Files.move(file(id), files.path(id), StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(directory.resolve(name(id) + KEY));
  }

  /**
   * Deletes what has been here long enough.
   *
   * @param progress is asked between contents
   * @return how many contents that were
   */
  int removeOld(Rounds.Progress progress) throws IOException {
    Instant before = clock.instant().minus(kept);
    int removed = 0;
    for (long id : ids()) {
      if (!progress.goesOn()) {
        return removed;
      }
      if (Files.getLastModifiedTime(file(id)).toInstant().isBefore(before)) {
        Files.delete(file(id));
        Files.deleteIfExists(directory.resolve(name(id) + KEY));
        removed++;
      }
    }
    return removed;
  }

  /** A second name, so that whoever holds the file under its first one keeps it. */
  private void link(long id) throws IOException {
    try {
      Files.createLink(file(id), files.path(id));
    } catch (FileAlreadyExistsException again) {
      // A crash came between this and what follows it.
    }
    date(id);
  }

  private void date(long id) throws IOException {
    Files.setLastModifiedTime(file(id), FileTime.from(clock.instant()));
  }

  private static String name(long id) {
    return HexFormat.of().toHexDigits(id);
  }
}
