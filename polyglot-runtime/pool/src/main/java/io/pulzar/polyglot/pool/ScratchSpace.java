package io.pulzar.polyglot.pool;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs' scratch directories. The worker makes one when its script first looks at it; here it is
 * taken away with all that is in it.
 *
 * <p>What a script leaves may be anything, and large. So nothing waits for its removal: a directory
 * is moved aside at once, and {@link Remover} takes it apart in the background. The directories of
 * one process are in a folder whose name no other process uses, so that what could not be removed
 * is never found by a later run.
 */
final class ScratchSpace {

  private static final Logger LOG = LoggerFactory.getLogger(ScratchSpace.class);

  private static final String ASIDE = "removed";

  private final Path ours;
  private final Remover remover;

  /**
   * Makes the base directory. What an earlier process left there goes in the background.
   *
   * @throws IOException when nothing can be made there
   */
  ScratchSpace(Path base) throws IOException {
    Path real = Files.createDirectories(base).toRealPath();
    remover = new Remover(Files.createDirectories(real.resolve(ASIDE)));
    try (Stream<Path> leftovers = Files.list(real)) {
      leftovers.filter(leftover -> !leftover.endsWith(ASIDE)).forEach(remover::remove);
    }
    ours = Files.createDirectory(real.resolve(UUID.randomUUID().toString()));
    Private.make(ours);
    remover.start();
  }

  /** A real path, as its parent is one and no script can make a link there. */
  Path of(long run) {
    return ours.resolve(Long.toString(run));
  }

  void delete(long run) {
    Path directory = of(run);
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      remover.remove(directory);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", directory, e.toString());
    }
  }

  /** Leaves the rest to the next start. */
  void close() {
    remover.close();
    try {
      Files.deleteIfExists(ours);
    } catch (IOException e) {
      LOG.debug("the next start deletes {}", ours, e);
    }
  }
}
