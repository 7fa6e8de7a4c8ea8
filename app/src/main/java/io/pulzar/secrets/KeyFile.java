package io.pulzar.secrets;

import io.pulzar.sealing.SealingKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file with the key in use, for its owner's eyes only. Beside it lie the keys that were in use
 * before, each under its id: {@code secrets.key.0f3c…}; backups of their time need them.
 */
final class KeyFile {

  private final Path file;

  KeyFile(Path file) {
    this.file = file;
  }

  /** Makes the file with a new key where there is none. */
  SealingKey current() throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(folder());
      write(file, SealingKey.random());
    }
    return read(file);
  }

  /** The key in use, where there is one. */
  Optional<SealingKey> existing() throws IOException {
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** A key that was in use before. */
  Optional<SealingKey> retired(String id) throws IOException {
    Path kept = beside(id);
    return Files.exists(kept) ? Optional.of(read(kept)) : Optional.empty();
  }

  /** Puts another key in the place of the one in use, which is on the disk beside it before. */
  void replace(SealingKey old, SealingKey other) throws IOException {
    write(beside(old.id()), old);
    write(file, other);
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + "." + ending);
  }

  private Path folder() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalStateException(file + " is in no folder");
    }
    return folder;
  }

  private static SealingKey read(Path from) throws IOException {
    try {
      return SealingKey.parse(Files.readString(from, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException(from + " holds no key: " + e.getMessage(), e);
    }
  }

  /** Whole or not at all, whenever the machine stops. */
  private void write(Path at, SealingKey key) throws IOException {
    Path part = at.resolveSibling(at.getFileName() + ".part");
    Files.deleteIfExists(part);
    FileAttribute<?>[] ownerOnly =
        at.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel =
        FileChannel.open(
            part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      ByteBuffer text = StandardCharsets.UTF_8.encode(key.export() + "\n");
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(part, at, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
  }

  private void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder(), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
