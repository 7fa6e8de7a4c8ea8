package io.pulzar.keys;

import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;

/**
 * A file that a script names to the platform: opened once, from its scratch directory down, and
 * read by that handle only. A path that was checked may be another file's by the time it is used,
 * as the script goes on meanwhile.
 *
 * @param name below the scratch directory
 */
public record ScratchFile(Path name, SeekableByteChannel channel) implements AutoCloseable {

  /**
   * Opens it; no link is followed. Whether anything is elsewhere is not told.
   *
   * @throws HostCallException FileNotFoundError, or PermissionError for one elsewhere
   */
  public static ScratchFile open(Path scratch, String name) throws HostCallException {
    Path below;
    try {
      Path named = scratch.resolve(name).normalize();
      if (!named.startsWith(scratch) || named.equals(scratch)) {
        throw elsewhere(name);
      }
      below = scratch.relativize(named);
    } catch (InvalidPathException e) {
      throw missing(name);
    }
    try (DirectoryStream<Path> top = Files.newDirectoryStream(scratch)) {
      if (top instanceof SecureDirectoryStream<Path> directory) {
        return new ScratchFile(below, open(directory, below, name));
      }
      // A system where directories can't be held open.
      Path file = scratch.resolve(below).toRealPath();
      if (!file.startsWith(scratch) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw elsewhere(name);
      }
      return new ScratchFile(
          below,
          Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    } catch (IOException e) {
      throw missing(name);
    }
  }

  private static SeekableByteChannel open(
      SecureDirectoryStream<Path> directory, Path below, String name)
      throws IOException, HostCallException {
    Path first = below.getName(0);
    if (below.getNameCount() > 1) {
      try (SecureDirectoryStream<Path> next =
          directory.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
        return open(next, below.subpath(1, below.getNameCount()), name);
      }
    }
    boolean isFile =
        directory
            .getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes()
            .isRegularFile();
    if (!isFile) {
      throw elsewhere(name);
    }
    return directory.newByteChannel(
        first, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** How many bytes it has now. */
  public long size() throws IOException {
    return channel.size();
  }

  /** Its bytes; closing it closes the file. */
  public InputStream stream() {
    return Channels.newInputStream(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static HostCallException missing(String name) {
    return new HostCallException("FileNotFoundError", "there is no file " + name);
  }

  private static HostCallException elsewhere(String name) {
    return new HostCallException(
        "PermissionError", name + " is not a file in the job's own directory");
  }
}
