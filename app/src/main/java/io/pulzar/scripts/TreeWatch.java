package io.pulzar.scripts;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether anything below a directory may have changed, without walking through it: the system
 * is asked to watch (on Linux by inotify, through the JDK). Where it can't, on file systems of
 * other machines and beyond the system's limits, everything may always have changed, so that its
 * users walk as often as they look; the log says so once.
 *
 * <p>Once in a while it claims a change anyway: some changes are never told, such as writes through
 * memory maps.
 *
 * <p>Threading: safe for any thread.
 */
final class TreeWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TreeWatch.class);

  /** What other machines change there, this one's kernel does not hear of. */
  private static final Set<String> REMOTE =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "9p",
          "afs",
          "ceph",
          "lustre",
          "glusterfs",
          "vboxsf",
          "prl_fs",
          "virtiofs",
          "fuse.sshfs",
          "fuse.glusterfs",
          "fuse.s3fs",
          "fuse.grpcfuse",
          "fakeowner");

  /** A walk through 20,000 scripts takes most of a second of a processor. */
  static final Duration ANYWAY = Duration.ofMinutes(10);

  private static final int MOST_DIRECTORIES = 20_000;

  private final Path root;
  private final LongSupplier nanos;
  private final int mostDirectories;
  private @Nullable WatchService service;
  private long version;
  private long claimed;
  private int directories;
  private boolean told;
  private boolean closed;

  TreeWatch(Path root) {
    this(root, System::nanoTime, MOST_DIRECTORIES);
  }

  /**
   * @param mostDirectories with more below the root, nothing is watched
   */
  TreeWatch(Path root, LongSupplier nanos, int mostDirectories) {
    this.root = root.toAbsolutePath().normalize();
    this.nanos = nanos;
    this.mostDirectories = mostDirectories;
  }

  /**
   * Names a state of the tree: as long as it is the same, nothing has changed. To be asked before
   * the tree is looked at; what changes meanwhile changes the next answer.
   */
  synchronized long version() {
    if (service == null) {
      version++;
      watch();
    } else if (hasNews() || nanos.getAsLong() - claimed >= ANYWAY.toNanos()) {
      version++;
      claimed = nanos.getAsLong();
    }
    return version;
  }

  @Override
  public synchronized void close() {
    closed = true;
    stop();
  }

  /** Takes all news; new directories are to be watched too. */
  private boolean hasNews() {
    WatchService open = service;
    boolean news = false;
    boolean otherDirectories = false;
    for (WatchKey key = open == null ? null : open.poll();
        key != null && open != null;
        key = open.poll()) {
      for (WatchEvent<?> event : key.pollEvents()) {
        news = true;
        otherDirectories |= isAboutDirectory(key, event);
      }
      otherDirectories |= !key.reset();
    }
    if (otherDirectories) {
      stop();
      watch();
    }
    return news || otherDirectories;
  }

  private static boolean isAboutDirectory(WatchKey key, WatchEvent<?> event) {
    return event.kind().equals(StandardWatchEventKinds.OVERFLOW)
        || (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)
            && key.watchable() instanceof Path directory
            && event.context() instanceof Path name
            && Files.isDirectory(directory.resolve(name)));
  }

  private void watch() {
    if (closed || !Files.isDirectory(root)) {
      return;
    }
    try {
      String type = Files.getFileStore(root).type();
      if (REMOTE.contains(type)) {
        tell("it is on another machine (" + type + ")");
        return;
      }
      WatchService begun = root.getFileSystem().newWatchService();
      service = begun;
      directories = 0;
      register(begun);
      claimed = nanos.getAsLong();
    } catch (IOException | UnsupportedOperationException unable) {
      stop();
      tell(String.valueOf(unable.getMessage()));
    }
  }

  private void register(WatchService begun) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (!directory.equals(root) && isSkipped(directory.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            directories++;
            if (directories > mostDirectories) {
              throw new IOException("it has more than " + mostDirectories + " directories");
            }
            directory.register(
                begun,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isSkipped(String name) {
    return name.startsWith(".") || name.equals("__pycache__");
  }

  private void stop() {
    WatchService open = service;
    service = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.warn("the watch over {} can't be closed: {}", root, e.getMessage());
      }
    }
  }

  private void tell(String why) {
    if (!told) {
      told = true;
      LOG.info("{} can't be watched and is walked through again and again: {}", root, why);
    }
  }
}
