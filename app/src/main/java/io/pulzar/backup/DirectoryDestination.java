package io.pulzar.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory with files like {@code pulzar-NAME-2026-11-21T08-00-00Z.zip}. */
final class DirectoryDestination implements Destination {

  private static final String END = ".zip";

  private final Path directory;
  private final String start;
  private final int keep;

  DirectoryDestination(Path directory, String label, int keep) {
    this.directory = directory;
    this.start = "pulzar-" + label + "-";
    this.keep = keep;
  }

  @Override
  public Optional<Instant> newest() throws IOException {
    return Optional.ofNullable(backups().lastEntry()).map(entry -> entry.getKey());
  }

  @Override
  public void store(Instant now, Content content) throws IOException {
    write(directory.resolve(start + TIME.format(now) + END), content);
    NavigableMap<Instant, Path> backups = backups();
    for (Path old : List.copyOf(backups.values()).subList(0, Math.max(0, backups.size() - keep))) {
      Files.delete(old);
    }
  }

  /** Writes a file that is there with all its bytes, and on the disk, or not at all. */
  static void write(Path file, Content content) throws IOException {
    Path directory = FileSync.folderOf(file);
    Files.createDirectories(directory);
    Path draft = directory.resolve("." + file.getFileName() + ".part");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  draft,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        content.writeTo(out);
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    FileSync.sync(directory);
  }

  private NavigableMap<Instant, Path> backups() throws IOException {
    NavigableMap<Instant, Path> backups = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files.forEach(
            file -> {
              String name = String.valueOf(file.getFileName());
              if (name.startsWith(start) && name.endsWith(END)) {
                Destination.time(name.substring(start.length(), name.length() - END.length()))
                    .ifPresent(time -> backups.put(time, file));
              }
            });
      }
    }
    return backups;
  }
}
