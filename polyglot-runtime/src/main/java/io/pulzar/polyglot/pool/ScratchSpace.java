package io.pulzar.polyglot.pool;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs' scratch directories. The worker makes one when its script first looks at it; here it is
 * deleted with all that is in it.
 */
final class ScratchSpace {

  private static final Logger LOG = LoggerFactory.getLogger(ScratchSpace.class);

  private final Path base;

  /** Makes the base directory, or empties it of what an earlier process left there. */
  ScratchSpace(Path base) throws IOException {
    this.base = Files.createDirectories(base).toRealPath();
    try (Stream<Path> leftovers = Files.list(this.base)) {
      for (Path leftover : leftovers.toList()) {
        deleteTree(leftover);
      }
    }
  }

  /** A real path, as its parent is one and no script can make a link there. */
  Path of(long run) {
    return base.resolve(Long.toString(run));
  }

  void delete(long run) {
    Path directory = of(run);
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      deleteFull(directory);
    } catch (IOException e) {
      warn(directory, e);
    }
  }

  private static void deleteFull(Path directory) {
    try {
      deleteTree(directory);
    } catch (IOException e) {
      warn(directory, e);
    }
  }

  /** Does not follow links, so that a link in a scratch directory leads nowhere. */
  private static void deleteTree(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A worker that is being killed may still remove files of its own.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void warn(Path directory, IOException e) {
    LOG.warn("{} cannot be deleted and takes space until the next start: {}", directory, e);
  }
}
