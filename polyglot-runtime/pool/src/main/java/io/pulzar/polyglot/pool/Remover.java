package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what runs leave, in the background: it may be large, and made to be hard to remove.
 *
 * <p>What cannot be removed stays in the folder, is named in the log once, and is tried again with
 * the next one and at the next start.
 */
final class Remover {

  private static final Logger LOG = LoggerFactory.getLogger(Remover.class);

  /** After so many the log has said enough. */
  private static final int MOST_NAMED = 100;

  private final Path folder;
  private final Semaphore work = new Semaphore(0);
  private final Deque<Path> found = new ArrayDeque<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("scratch-remover").unstarted(this::removeUntilClosed);
  private final Set<Path> named = new HashSet<>();
  private volatile boolean closed;

  /**
   * @param folder what is in it is removed; on the file system of the trees
   */
  Remover(Path folder) throws IOException {
    this.folder = folder;
    Private.make(folder);
  }

  void start() {
    work.release();
    thread.start();
  }

  /** Moves a directory or file aside, at once; the rest follows. */
  void remove(Path tree) {
    try {
      if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
        Private.make(tree);
      }
      Path _ = moveAside(tree);
      work.release();
    } catch (IOException e) {
      LOG.warn("{} cannot be removed, and stays: {}", tree, e.toString());
    }
  }

  void close() {
    closed = true;
    work.release();
  }

  private void removeUntilClosed() {
    try {
      while (!closed) {
        work.acquire();
        work.drainPermits();
        removeAll();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void removeAll() {
    try {
      list(folder);
    } catch (IOException | RuntimeException | Error e) {
      Survivable.orThrow(e);
      LOG.warn("{} cannot be read: {}", folder, e.toString());
    }
    while (!found.isEmpty() && !closed) {
      Path entry = found.removeLast();
      try {
        LeftBehind.remove(entry);
      } catch (IOException | RuntimeException | Error e) {
        Survivable.orThrow(e);
        if (named.size() < MOST_NAMED && named.add(entry)) {
          LOG.warn("{} cannot be removed, and takes space: {}", entry, e.toString());
        }
      }
    }
    found.clear();
  }

  private void list(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(found::addLast);
    }
  }

  private Path moveAside(Path tree) throws IOException {
    Path aside = folder.resolve(UUID.randomUUID().toString());
    try {
      return Files.move(tree, aside);
    } catch (NoSuchFileException gone) {
      return aside;
    }
  }
}
