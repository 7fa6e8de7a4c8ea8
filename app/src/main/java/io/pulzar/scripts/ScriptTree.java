package io.pulzar.scripts;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state of the distributed scripts, in a directory that never changes: a run that began with it
 * sees nothing of a later one. It is deleted when a later one has taken its place and no run uses
 * it any more.
 */
final class ScriptTree {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptTree.class);

  private final String digest;
  private final Path root;
  private final ScriptCatalog catalog;
  private int users = 1;

  /** Its maker is the first user. */
  ScriptTree(String digest, Path root, Clock clock) {
    this.digest = digest;
    this.root = root;
    this.catalog = new ScriptCatalog(root, clock);
  }

  String digest() {
    return digest;
  }

  Path root() {
    return root;
  }

  ScriptCatalog catalog() {
    return catalog;
  }

  /** Answers false when it is deleted already. */
  synchronized boolean use() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  synchronized void release() {
    users--;
    if (users == 0) {
      try {
        delete(root);
      } catch (IOException e) {
        LOG.warn("{} stays until the next start: {}", root, e.toString());
      }
    }
  }

  /** Deletes a directory with all that is in it, if it exists. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
