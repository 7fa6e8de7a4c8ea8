package io.pulzar.scripts;

import io.pulzar.http.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the master's jobs directory that nodes get: all but links, hidden files and what
 * Python compiles by itself. Looked through at most once a second; what has the same time and size
 * is not read again.
 */
final class MasterFiles {

  private static final Logger LOG = LoggerFactory.getLogger(MasterFiles.class);
  private static final Duration AGE = Duration.ofSeconds(1);
  private static final Set<String> SKIPPED = Set.of("__pycache__");
  private static final int PART = 1 << 20;

  private record Known(FileTime modified, Manifest.File file) {

    boolean isOf(BasicFileAttributes attributes) {
      return modified.equals(attributes.lastModifiedTime()) && file.size() == attributes.size();
    }
  }

  private final Path root;
  private final long mostBytes;
  private final Clock clock;
  private final LongSupplier version;
  private Map<String, Known> known = new HashMap<>();
  private Manifest manifest = Manifest.EMPTY;
  private Instant gathered = Instant.MIN;
  private long gatheredVersion = Long.MIN_VALUE;
  private Manifest digested = Manifest.EMPTY;
  private String digest = "";
  private String trouble = "";
  private boolean tooLarge;

  MasterFiles(Path root, long mostBytes, Clock clock) {
    this(root, mostBytes, clock, new AtomicLong()::incrementAndGet);
  }

  /**
   * @param version names a state of the directory; while it is the same, what was gathered counts
   */
  MasterFiles(Path root, long mostBytes, Clock clock, LongSupplier version) {
    this.version = version;
    this.root = root.toAbsolutePath().normalize();
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  /** The files as they are now, or were a moment ago; the last that were not too many. */
  synchronized Manifest manifest() {
    Instant now = clock.instant();
    if (Duration.between(gathered, now).abs().compareTo(AGE) >= 0) {
      gathered = now;
      long state = version.getAsLong();
      if (state == gatheredVersion) {
        return manifest;
      }
      gatheredVersion = state;
      try {
        if (!Files.isDirectory(root) && !manifest.files().isEmpty()) {
          throw new IOException("it is gone; nodes keep what they have");
        }
        take(gather());
      } catch (IOException | UncheckedIOException e) {
        tell(e.toString());
      }
    }
    return manifest;
  }

  /** Names the present state; see {@link Manifest#digest}. */
  @SuppressWarnings("ReferenceEquality") // computed again only for another manifest
  synchronized String digest() {
    Manifest present = manifest();
    if (present != digested) {
      digest = present.digest();
      digested = present;
    }
    return digest;
  }

  /** Once, not with each look. */
  private void tell(String what) {
    if (!what.equals(trouble)) {
      LOG.warn("the scripts of {} can't be distributed now: {}", root, what);
    }
    trouble = what;
  }

  private void take(Manifest found) {
    trouble = "";
    boolean wasTooLarge = tooLarge;
    tooLarge = found.size() > mostBytes;
    if (!tooLarge) {
      manifest = found;
    } else if (!wasTooLarge) {
      LOG.warn(
          "the files of {} have {} bytes, more than {} allows: nodes keep what they have",
          root,
          found.size(),
          ScriptSettings.DISTRIBUTED_SIZE);
    }
  }

  /**
   * A part of a file.
   *
   * @return at most a mebibyte; empty at its end
   * @throws ApiException 404 when no file has this content any more
   */
  byte[] read(String sha256, long offset) {
    Path file =
        manifest().files().stream()
            .filter(candidate -> candidate.sha256().equals(sha256))
            .findFirst()
            .map(candidate -> root.resolve(candidate.path()))
            .orElseThrow(MasterFiles::gone);
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer part = ByteBuffer.allocate(PART);
      int read = 0;
      while (read >= 0 && part.hasRemaining()) {
        read = channel.read(part, offset + part.position());
      }
      byte[] bytes = new byte[part.flip().remaining()];
      part.get(bytes);
      return bytes;
    } catch (NoSuchFileException e) {
      throw gone();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ApiException gone() {
    return ApiException.notFound("script_changed", "the file has changed; ask for the list again");
  }

  private Manifest gather() throws IOException {
    List<Manifest.File> files = new ArrayList<>();
    Map<String, Known> seen = new HashMap<>();
    if (Files.isDirectory(root)) {
      Files.walkFileTree(root, new Finder(files, seen));
    }
    known = seen;
    files.sort(Comparator.comparing(Manifest.File::path));
    return new Manifest(List.copyOf(files));
  }

  private final class Finder extends SimpleFileVisitor<Path> {

    private final List<Manifest.File> files;
    private final Map<String, Known> seen;

    Finder(List<Manifest.File> files, Map<String, Known> seen) {
      this.files = files;
      this.seen = seen;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(root) || isWanted(directory)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && isWanted(file)) {
        String path = root.relativize(file).toString().replace('\\', '/');
        Known before = known.get(path);
        Manifest.File listed =
            before != null && before.isOf(attributes)
                ? before.file()
                : new Manifest.File(path, Digest.ofFile(file), attributes.size());
        seen.put(path, new Known(attributes.lastModifiedTime(), listed));
        files.add(listed);
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isWanted(Path path) {
      String name = path.getFileName().toString();
      return !name.startsWith(".") && !name.endsWith(".pyc") && !SKIPPED.contains(name);
    }
  }
}
