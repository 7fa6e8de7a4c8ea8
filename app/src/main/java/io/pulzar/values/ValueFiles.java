package io.pulzar.values;

import io.pulzar.keys.WriteSteps;
import io.pulzar.keys.WriteSteps.Step;
import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The files of large values: {@code files/3f/000000000000123f}, named by the version's id and
 * spread over 256 folders by its last byte; and {@code incoming/}, what is being received.
 */
final class ValueFiles {

  private static final int FOLDERS = 256;
  private static final int NAME_LENGTH = 16;

  private final WriteSteps steps;
  private final Path root;
  private final Path incoming;
  private final Path files;
  private final Set<Long> postponed = new HashSet<>();
  private int holds;

  /** Creates what is missing and removes what was being received when the node ended. */
  ValueFiles(Path directory, WriteSteps steps) {
    this.steps = steps;
    this.root = directory;
    this.incoming = directory.resolve("incoming");
    this.files = directory.resolve("files");
    try {
      Files.createDirectories(incoming);
      for (int folder = 0; folder < FOLDERS; folder++) {
        Files.createDirectories(folder(folder));
      }
      sync(files);
      LeftBehind.clear(incoming);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + directory + " for values", e);
    }
  }

  /** Where a value is received; {@link #publish} gives it its name. */
  Path draft(long id) {
    return incoming.resolve(name(id));
  }

  /** Makes a whole draft a value's file: when this returns, the file is there after a crash. */
  void publish(long id, FileChannel draft) throws IOException {
    steps.reached(Step.DRAFTED);
    draft.force(false);
    draft.close();
    steps.reached(Step.SYNCED);
    Path file = path(id);
    Files.move(draft(id), file, StandardCopyOption.ATOMIC_MOVE);
    sync(folderOf(id));
    steps.reached(Step.NAMED);
  }

  Path path(long id) {
    return folderOf(id).resolve(name(id));
  }

  FileChannel open(long id) throws IOException {
    return FileChannel.open(path(id), StandardOpenOption.READ);
  }

  boolean exists(long id) {
    return Files.exists(path(id));
  }

  /** Removes a value's file, unless it is held; does nothing when it is gone already. */
  void delete(long id) throws IOException {
    if (!isPostponed(id)) {
      Files.deleteIfExists(path(id));
    }
  }

  /** Keeps every file that is there, until {@link #release} has been called as often. */
  synchronized void hold() {
    holds++;
  }

  /** Removes what was to be removed meanwhile, when nobody else holds it. */
  void release() throws IOException {
    for (long id : taken()) {
      delete(id);
    }
  }

  private synchronized boolean isPostponed(long id) {
    return holds > 0 && (postponed.contains(id) || postponed.add(id));
  }

  private synchronized Set<Long> taken() {
    holds--;
    if (holds > 0) {
      return Set.of();
    }
    Set<Long> taken = Set.copyOf(postponed);
    postponed.clear();
    return taken;
  }

  /** Where a value's file is, below the directory of all values. */
  Path relative(long id) {
    return root.relativize(path(id));
  }

  void discardDraft(long id) throws IOException {
    Files.deleteIfExists(draft(id));
  }

  /** Names every file there is. */
  void forEach(LongConsumer visitor) throws IOException {
    for (int folder = 0; folder < FOLDERS; folder++) {
      try (DirectoryStream<Path> names = Files.newDirectoryStream(folder(folder))) {
        for (Path file : names) {
          id(String.valueOf(file.getFileName())).ifPresent(visitor);
        }
      }
    }
  }

  /** Bytes that can still be written. */
  long freeBytes() throws IOException {
    return Files.getFileStore(files).getUsableSpace();
  }

  private Path folderOf(long id) {
    return folder((int) (id & (FOLDERS - 1)));
  }

  private Path folder(int number) {
    return files.resolve(HexFormat.of().toHexDigits((byte) number));
  }

  private static String name(long id) {
    return HexFormat.of().toHexDigits(id);
  }

  private static OptionalLong id(String name) {
    return name.length() == NAME_LENGTH && name.chars().allMatch(HexFormat::isHexDigit)
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(name))
        : OptionalLong.empty();
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      throw new IOException(directory + " is gone: somebody removed it while the node runs", e);
    }
  }
}
