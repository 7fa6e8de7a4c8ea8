package io.pulzar.polyglot.worker;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What the run may still write into its directory.
 *
 * <p>Everything that is written is counted, whether it makes a file larger or not. When that
 * reaches the limit, the directory is measured, and what is really free can be written before the
 * next measurement. So a script that deletes what it wrote is stopped by nothing, and one that
 * fills the disk costs one measurement for each time that it wrote the whole limit.
 */
final class ScratchQuota {

  /** What an entry takes, however small it is. */
  static final long ENTRY_BYTES = 4096;

  // Guarded by this.
  private @Nullable Path directory;
  private long limit;
  private long left;

  synchronized void begin(Path scratch, long bytes) {
    directory = scratch;
    limit = bytes;
    left = bytes;
  }

  synchronized void end() {
    directory = null;
    left = 0;
  }

  /**
   * Takes room for what is about to be written.
   *
   * @throws FileSystemException which Python knows as ENOSPC
   */
  synchronized void take(long bytes) throws IOException {
    if (left < bytes) {
      left = limit - used();
      if (left < bytes) {
        throw new FileSystemException(null, null, "No space left on device");
      }
    }
    left -= bytes;
  }

  /** Whether more is there than may be, written past this class by native code. */
  boolean isExceeded() throws IOException {
    Path measured;
    long bound;
    synchronized (this) {
      measured = directory;
      bound = limit;
    }
    return measured != null && sizeOf(measured) > bound;
  }

  private long used() throws IOException {
    Path measured = directory;
    return measured == null ? limit : sizeOf(measured);
  }

  private static long sizeOf(Path tree) throws IOException {
    Sum sum = new Sum();
    if (Files.exists(tree)) {
      Files.walkFileTree(tree, sum);
    }
    return sum.bytes;
  }

  /** Files come and go meanwhile. */
  private static final class Sum extends SimpleFileVisitor<Path> {

    private long bytes;

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
      bytes += ENTRY_BYTES;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += Math.max(ENTRY_BYTES, attributes.size());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      bytes += ENTRY_BYTES;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
