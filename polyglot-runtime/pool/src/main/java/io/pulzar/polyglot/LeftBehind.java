package io.pulzar.polyglot;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a script, or a process that was killed, left behind, whatever it is: a tree may be
 * deeper than a path may be long, and without rights for its owner.
 *
 * <p>Level by level: what is in a directory of the tree is moved up to the tree's root, so that no
 * path grows, and the directory goes. All of it relative to open directories and without following
 * links, so that nobody who changes the tree meanwhile can lead this elsewhere. It costs one system
 * call more for each directory than walking would.
 */
public final class LeftBehind {

  private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);
  private static final String ASIDE = ".left";

  private final Path tree;
  private long names;

  private LeftBehind(Path tree) {
    this.tree = tree;
  }

  /**
   * Removes a file, or a directory with all that is in it; does nothing when there is none.
   *
   * @throws IOException when something can't be removed; then a part of it may be
   */
  public static void remove(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      new LeftBehind(tree).empty();
    }
    Files.deleteIfExists(tree);
  }

  /**
   * Empties a directory for a start. What can't be removed is set aside beside it and named in the
   * log; it never stops a start.
   */
  public static void clear(Path directory) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> entries = Files.list(directory)) {
      leftovers = entries.toList();
    }
    for (Path leftover : leftovers) {
      try {
        remove(leftover);
      } catch (IOException | RuntimeException unable) {
        setAside(directory, leftover, unable);
      }
    }
  }

  private static void setAside(Path directory, Path leftover, Exception why) {
    Path aside = directory.resolveSibling(directory.getFileName() + ASIDE);
    try {
      Files.createDirectories(aside);
      Path place = Files.createTempDirectory(aside, "").resolve(leftover.getFileName());
      Files.move(leftover, place);
      LOG.warn("{} can't be removed and is set aside as {}: {}", leftover, place, why.toString());
    } catch (IOException stays) {
      LOG.warn("{} can't be removed and stays: {}; {}", leftover, why.toString(), stays.toString());
    }
  }

  private void empty() throws IOException {
    boolean more = true;
    while (more) {
      makeAccessible(tree);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(tree)) {
        more = entries instanceof SecureDirectoryStream<Path> root ? pass(root) : walk();
      }
    }
  }

  /** Answers whether it found anything. */
  private boolean pass(SecureDirectoryStream<Path> root) throws IOException {
    boolean found = false;
    for (Path entry : root) {
      found = true;
      Path name = entry.getFileName();
      try {
        if (isDirectory(root, name)) {
          flatten(root, name);
          root.deleteDirectory(name);
        } else {
          root.deleteFile(name);
        }
      } catch (NoSuchFileException gone) {
        LOG.debug("{} is gone already", entry, gone);
      }
    }
    return found;
  }

  /** Moves the directories in one up to the root, and deletes the files. */
  private void flatten(SecureDirectoryStream<Path> root, Path name) throws IOException {
    try (SecureDirectoryStream<Path> directory = open(root, name)) {
      for (Path entry : directory) {
        Path inner = entry.getFileName();
        if (isDirectory(directory, inner)) {
          moveUp(directory, name, inner, root);
        } else {
          directory.deleteFile(inner);
        }
      }
    }
  }

  private SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> root, Path name)
      throws IOException {
    makeAccessible(tree.resolve(name));
    return root.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }

  private void moveUp(
      SecureDirectoryStream<Path> from, Path name, Path inner, SecureDirectoryStream<Path> root)
      throws IOException {
    while (true) {
      Path free = Path.of(".up" + names++);
      if (Files.exists(tree.resolve(free), LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        from.move(inner, root, free);
        return;
      } catch (FileAlreadyExistsException taken) {
        LOG.debug("{} is taken", free, taken);
      } catch (AccessDeniedException closed) {
        // A directory without rights can't be moved, since its parent is an entry of its own.
        makeAccessible(tree.resolve(name).resolve(inner));
        from.move(inner, root, free);
        return;
      }
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> in, Path name) throws IOException {
    return in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  private static void makeAccessible(Path directory) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && !(Files.isReadable(directory)
            && Files.isWritable(directory)
            && Files.isExecutable(directory))) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Where the system has no calls relative to a directory. */
  private boolean walk() throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(tree)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NotDirectoryException gone) {
      LOG.debug("{} is no directory any more", tree, gone);
    }
    return false;
  }
}
