package io.pulzar.scripts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts in the jobs directory, always as they are now: a launch looks at the file, so a
 * script that was just added or changed counts at once. What was read is kept as long as the file's
 * time and size stay the same. The whole list is gathered when something may have changed, and at
 * most once a second.
 *
 * <p>A file counts when it is below the directory also after resolving links, and its name and
 * those of its directories are plain.
 */
public final class ScriptCatalog {

  private record Known(FileTime modified, long size, KnownScript script) {}

  private record Listing(Instant gathered, long version, List<KnownScript> scripts) {}

  private static final Logger LOG = LoggerFactory.getLogger(ScriptCatalog.class);
  private static final Duration LISTING_AGE = Duration.ofSeconds(1);
  private static final int DEEPEST = 16;
  private static final int MOST_KNOWN = 200_000;
  private static final long LARGEST_READ = 4 << 20;
  private static final int LONGEST_DOCSTRING = 16 << 10;

  private final Path root;
  private final Clock clock;
  private final LongSupplier version;
  private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();
  private volatile Listing listing = new Listing(Instant.MIN, Long.MIN_VALUE, List.of());

  /** One that walks through the directory whenever it is asked for the list. */
  public ScriptCatalog(Path root, Clock clock) {
    this(root, clock, new AtomicLong()::incrementAndGet);
  }

  /**
   * @param version names a state of the directory; while it is the same, what was gathered counts
   */
  ScriptCatalog(Path root, Clock clock, LongSupplier version) {
    this.version = version;
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
  }

  /** What a script says about itself; empty when there is no such file. */
  public Optional<ScriptDocumentation> find(String path) {
    for (String name : path.split("/", -1)) {
      if (!ScriptPath.isScriptName(name)) {
        return Optional.empty();
      }
    }
    try {
      Path file = root.resolve(path + ".py").toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() && file.startsWith(root.toRealPath())
          ? Optional.of(look(path, file, attributes).script().documentation())
          : Optional.empty();
    } catch (NoSuchFileException missing) {
      known.remove(path);
      return Optional.empty();
    } catch (IOException unreadable) {
      LOG.warn("The script {} cannot be read: {}", path, unreadable.toString());
      return Optional.empty();
    }
  }

  /**
   * The text of a script's file.
   *
   * @param text bytes that are not UTF-8 become replacement characters
   * @param size in bytes
   */
  public record Source(String text, long size, Instant modified) {}

  /** The source of a script; empty when there is no such file, or it is too large to be read. */
  public Optional<Source> source(String path) {
    try {
      Optional<Path> file = fileOf(path);
      if (file.isEmpty() || Files.size(file.get()) > LARGEST_READ) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file.get());
      return Optional.of(
          new Source(
              new String(bytes, StandardCharsets.UTF_8),
              bytes.length,
              Files.getLastModifiedTime(file.get()).toInstant()));
    } catch (IOException unreadable) {
      LOG.warn("The script {} cannot be read: {}", path, unreadable.toString());
      return Optional.empty();
    }
  }

  /** Where a script is; its file is below the directory also after resolving links. */
  private Optional<Path> fileOf(String path) throws IOException {
    for (String name : path.split("/", -1)) {
      if (!ScriptPath.isScriptName(name)) {
        return Optional.empty();
      }
    }
    try {
      Path file = root.resolve(path + ".py").toRealPath();
      return Files.isRegularFile(file) && file.startsWith(root.toRealPath())
          ? Optional.of(file)
          : Optional.empty();
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /** Every script by path, also those that lack the class that they would need. */
  List<KnownScript> list() {
    Listing last = listing;
    Instant now = clock.instant();
    if (Duration.between(last.gathered(), now).compareTo(LISTING_AGE) < 0
        && !now.isBefore(last.gathered())) {
      return last.scripts();
    }
    long state = version.getAsLong();
    List<KnownScript> scripts = state == last.version() ? last.scripts() : gather(last.scripts());
    listing = new Listing(now, state, scripts);
    return scripts;
  }

  /** The same list again when it is equal, so that what was made of it stays good. */
  private List<KnownScript> gather(List<KnownScript> before) {
    List<KnownScript> scripts = new ArrayList<>();
    try {
      if (Files.isDirectory(root)) {
        Files.walkFileTree(
            root,
            EnumSet.noneOf(java.nio.file.FileVisitOption.class),
            DEEPEST,
            new Finder(scripts));
      }
    } catch (IOException unreadable) {
      LOG.warn("The jobs directory {} cannot be read: {}", root, unreadable.toString());
    }
    scripts.sort(Comparator.comparing(KnownScript::path));
    return scripts.equals(before) ? before : List.copyOf(scripts);
  }

  private Known look(String path, Path file, BasicFileAttributes attributes) throws IOException {
    Known seen = known.get(path);
    if (seen != null
        && seen.modified().equals(attributes.lastModifiedTime())
        && seen.size() == attributes.size()) {
      return seen;
    }
    Known read = read(path, file, attributes);
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.put(path, read);
    return read;
  }

  private static Known read(String path, Path file, BasicFileAttributes attributes)
      throws IOException {
    return new Known(
        attributes.lastModifiedTime(),
        attributes.size(),
        attributes.size() > LARGEST_READ ? new KnownScript(path, true, "") : read(path, file));
  }

  private static KnownScript read(String path, Path file) throws IOException {
    // Bytes that are not UTF-8 become replacement characters; Python reports them when it runs.
    String source = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    PythonOutline outline = new PythonOutline(source);
    String className = ScriptPath.className(path);
    String docstring = outline.docstring(className, "execute").orElse("");
    return new KnownScript(
        path,
        outline.hasClass(className),
        docstring.substring(0, Math.min(docstring.length(), LONGEST_DOCSTRING)));
  }

  /** Goes through the tree without following links: what they lead to has a name of its own. */
  private final class Finder extends SimpleFileVisitor<Path> {

    private final List<KnownScript> scripts;

    Finder(List<KnownScript> scripts) {
      this.scripts = scripts;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean plain =
          directory.equals(root) || ScriptPath.isScriptName(directory.getFileName().toString());
      return plain ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = file.getFileName().toString();
      if (attributes.isRegularFile() && name.endsWith(".py")) {
        String path = path(file);
        if (ScriptPath.isScriptName(name.substring(0, name.length() - ".py".length()))) {
          scripts.add(look(path, file, attributes).script());
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    private String path(Path file) {
      String relative = root.relativize(file).toString().replace('\\', '/');
      return relative.substring(0, relative.length() - ".py".length());
    }
  }
}
