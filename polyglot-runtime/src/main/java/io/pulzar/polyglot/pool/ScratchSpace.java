package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    LeftBehind.clear(this.base);
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
      LeftBehind.remove(directory);
    } catch (IOException e) {
      warn(directory, e);
    }
  }

  private static void warn(Path directory, IOException e) {
    LOG.warn("{} cannot be deleted and takes space until the next start: {}", directory, e);
  }
}
