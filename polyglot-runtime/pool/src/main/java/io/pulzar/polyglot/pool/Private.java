package io.pulzar.polyglot.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories that only the server's user may look into. */
final class Private {

  private static final String OWNER_ONLY = "rwx------";

  private Private() {}

  /** Does nothing where the file system has no such rights. */
  static void make(Path directory) throws IOException {
    if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(OWNER_ONLY));
    }
  }
}
