package io.pulzar.editor;

import io.pulzar.http.ApiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The files of one kind. A reader sees a file as it was before a change or as it is after, never in
 * between; nothing outside of the directory is touched, whatever links lead there.
 */
final class SourceDirectory {

  private static final String ENDING = ".py";

  private final Path root;
  private final long largest;

  SourceDirectory(Path root, long largest) {
    this.root = root.toAbsolutePath().normalize();
    this.largest = largest;
  }

  /**
   * The bytes of a file; empty when there is none.
   *
   * @throws ApiException 413 when it is larger than what is edited here
   */
  Optional<byte[]> read(SourceFile file) throws IOException {
    try {
      Path real = place(file).toRealPath();
      if (!Files.isRegularFile(real) || !real.startsWith(root.toRealPath())) {
        return Optional.empty();
      }
      if (Files.size(real) > largest) {
        throw tooLarge(largest);
      }
      return Optional.of(Files.readAllBytes(real));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /**
   * Has the file on the disk with this content when it returns.
   *
   * @param first is done when the content is on the disk and nobody sees it yet; not where it can't
   *     be written
   */
  <T> T write(SourceFile file, byte[] content, Supplier<T> first) throws IOException {
    try {
      Path target = target(file);
      Path directory = above(target);
      Path written = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID());
      try {
        try (FileChannel out =
            FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          out.force(true);
        }
        Files.setPosixFilePermissions(
            written,
            Files.exists(target)
                ? Files.getPosixFilePermissions(target)
                : PosixFilePermissions.fromString("rw-r--r--"));
        T done = first.get();
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        sync(directory);
        return done;
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
      throw readOnly();
    } catch (FileSystemException e) {
      if (String.valueOf(e.getReason()).contains("Read-only")) {
        throw readOnly();
      }
      throw e;
    }
  }

  /** Removes the file; false: there was none. */
  boolean delete(SourceFile file) throws IOException {
    try {
      Path target = target(file);
      boolean removed = Files.deleteIfExists(target);
      sync(above(target));
      return removed;
    } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
      throw readOnly();
    }
  }

  /** Where the file is or will be, with the directories above it made, links resolved. */
  private Path target(SourceFile file) throws IOException {
    Path named = place(file);
    Path within = Files.createDirectories(root).toRealPath();
    Path deepest = above(named);
    while (!Files.exists(deepest)) {
      deepest = above(deepest);
    }
    requireWithin(deepest.toRealPath(), within);
    Path directory = Files.createDirectories(above(named)).toRealPath();
    Path target = directory.resolve(named.getFileName());
    if (Files.exists(target)) {
      target = target.toRealPath();
      if (!Files.isRegularFile(target)) {
        throw ApiException.conflict("not_a_file", named.getFileName() + " is not a file");
      }
    }
    requireWithin(target, within);
    return target;
  }

  private static void requireWithin(Path place, Path within) {
    if (!place.startsWith(within)) {
      throw ApiException.conflict(
          "linked_elsewhere",
          "a link leads out of the directory of scripts; change the file there");
    }
  }

  private static Path above(Path place) {
    return Objects.requireNonNull(place.getParent());
  }

  private Path place(SourceFile file) {
    return root.resolve(file.path() + ENDING);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  static ApiException tooLarge(long most) {
    return ApiException.tooLarge(
        "source_too_large",
        "a source may have %d bytes here (%s)".formatted(most, EditorSettings.LARGEST.name()));
  }

  private static ApiException readOnly() {
    return ApiException.conflict(
        "scripts_are_read_only",
        "the server may not write into its directory of scripts; give its user the right, or change the"
            + " file where it comes from");
  }
}
