package io.pulzar.keys;

import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that a script names to the platform. */
public final class ScratchFiles {

  private ScratchFiles() {}

  /**
   * A file that really is below the scratch directory, through whatever links. Whether anything is
   * elsewhere is not told.
   *
   * @throws HostCallException FileNotFoundError, or PermissionError for one elsewhere
   */
  public static Path resolved(Path scratch, String name) throws HostCallException {
    try {
      Path named = scratch.resolve(name).normalize();
      if (!named.startsWith(scratch)) {
        throw elsewhere(name);
      }
      Path file = named.toRealPath();
      if (file.startsWith(scratch) && Files.isRegularFile(file)) {
        return file;
      }
    } catch (IOException | InvalidPathException e) {
      throw new HostCallException("FileNotFoundError", "there is no file " + name);
    }
    throw elsewhere(name);
  }

  private static HostCallException elsewhere(String name) {
    return new HostCallException(
        "PermissionError", name + " is not a file in the job's own directory");
  }
}
