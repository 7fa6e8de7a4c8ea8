package io.pulzar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with values, logs and parameters, which no other user of the machine may read. One
 * that an earlier version made is closed; one that was there before the server is somebody's
 * decision, and stays as it is.
 */
final class PrivateDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);

  /** A directory with one of these was made by a server. */
  private static final List<String> MARKS = List.of(HomeFormat.FILE, "node.lock");

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("------rwx");

  private PrivateDirectory() {}

  static void make(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      set(directory, PosixFilePermissions.fromString("rwx------"));
    } else if (MARKS.stream().anyMatch(mark -> Files.exists(directory.resolve(mark)))) {
      close(directory);
    }
  }

  private static void close(Path directory) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(directory, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> rights = EnumSet.copyOf(view.readAttributes().permissions());
    if (rights.removeAll(OF_OTHERS)) {
      set(directory, rights);
      LOG.info("{} was open to every user of this machine, and is closed to them now", directory);
    }
  }

  /** Does nothing where the file system has no such rights. */
  private static void set(Path directory, Set<PosixFilePermission> rights) throws IOException {
    if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(directory, rights);
    }
  }
}
