package io.pulzar.polyglot.worker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which part of the file system a path really lies in, after every symbolic link and {@code
 * ..} in it was followed.
 *
 * <p>A script cannot create symbolic links, so what was resolved stays true until it is used.
 */
final class PathAreas {

  /** What may be done with a path. */
  enum Area {
    /** The standard library and python-lib, which never change while a worker lives: read. */
    LIBRARY,
    /** Installed packages: read. */
    PACKAGES,
    /** The directory of the scripts: read. */
    SCRIPTS,
    /** The uploaded file or stored value of the run: read. */
    INPUT,
    /** The directory of the run: read and write. */
    SCRATCH,
    /** {@code /dev/null}: write into, and read nothing from. */
    NULL_DEVICE,
    /** A directory that every system has: it is there, and nothing can be done with it. */
    WELL_KNOWN
  }

  /** A path without links, and where it lies. */
  record Place(Path real, Area zone) {

    /** Whether a script may write into what is there. */
    boolean isWritable() {
      return zone == Area.SCRATCH || zone == Area.NULL_DEVICE;
    }

    /**
     * Whether a script may change the entry itself: make it, remove it, rename it, give it other
     * rights or times. That is more than to write into it.
     */
    boolean isChangeable() {
      return zone == Area.SCRATCH;
    }
  }

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  /** What scripts make sure of before they use it: {@code os.makedirs('/tmp', exist_ok=True)}. */
  private static final Set<Path> WELL_KNOWN = Set.of(Path.of("/"), Path.of("/tmp"));

  private final List<Path> libraries;
  private final List<Path> packages;
  private final PathCache<Place> libraryPlaces;
  private volatile @Nullable Path scripts;
  private volatile @Nullable Path input;
  private volatile @Nullable Path scratch;
  private boolean scratchMade;

  /**
   * @param libraries real paths
   * @param packages real paths
   * @param libraryPlaces a cache that all contexts of the process share
   */
  PathAreas(List<Path> libraries, List<Path> packages, PathCache<Place> libraryPlaces) {
    this.libraries = libraries;
    this.packages = packages;
    this.libraryPlaces = libraryPlaces;
  }

  void setScripts(Path root) throws IOException {
    scripts = root.toRealPath();
  }

  /**
   * @param scratchDirectory a real path; it is made when a script first looks at it, which most
   *     never do: to make and delete a directory costs more than a small call
   */
  synchronized void setRun(Path scratchDirectory, @Nullable Path inputFile) throws IOException {
    scratch = scratchDirectory;
    scratchMade = false;
    input = inputFile == null ? null : inputFile.toRealPath();
  }

  synchronized void clearRun() {
    scratch = null;
    input = null;
  }

  @Nullable Path scratch() {
    return scratch;
  }

  /**
   * Resolves a path to where it really lies.
   *
   * @param absolute the path to look at
   * @param given the path as the script named it, for the error
   * @throws AccessDeniedException when it lies outside of every zone, whether it exists or not
   * @throws IOException when it lies in the scratch directory, and that cannot be made
   */
  Place locate(Path absolute, Path given) throws IOException {
    Place known = libraryPlaces.get(absolute);
    if (known != null) {
      return known;
    }
    if (absolute.equals(NULL_DEVICE)) {
      return new Place(NULL_DEVICE, Area.NULL_DEVICE);
    }
    if (isWithin(scratch, absolute)) {
      // Before it is resolved: what is behind a ".." cannot be told where nothing is.
      makeScratch();
    }
    Path real = realOrMissing(absolute);
    Area zone = real == null ? null : zoneOf(real);
    if (real == null || zone == null) {
      throw new AccessDeniedException(given.toString());
    }
    if (zone == Area.SCRATCH) {
      makeScratch();
    }
    Place place = new Place(real, zone);
    if (zone == Area.LIBRARY) {
      libraryPlaces.put(absolute, place);
    }
    return place;
  }

  /** A directory that every system has, for who only asks whether it is there; else null. */
  static @Nullable Place wellKnown(Path absolute) {
    return WELL_KNOWN.contains(absolute) ? new Place(absolute, Area.WELL_KNOWN) : null;
  }

  /** Never after the end of the run, when nobody would delete it. */
  private synchronized void makeScratch() throws IOException {
    Path directory = scratch;
    if (directory != null && !scratchMade) {
      Files.createDirectories(directory);
      scratchMade = true;
    }
  }

  private @Nullable Area zoneOf(Path real) {
    if (isWithin(scratch, real)) {
      return Area.SCRATCH;
    }
    if (real.equals(input)) {
      return Area.INPUT;
    }
    if (isWithin(scripts, real)) {
      return Area.SCRIPTS;
    }
    if (isWithinOneOf(libraries, real)) {
      return Area.LIBRARY;
    }
    return isWithinOneOf(packages, real) ? Area.PACKAGES : null;
  }

  private static boolean isWithinOneOf(List<Path> directories, Path real) {
    for (Path directory : directories) {
      if (real.startsWith(directory)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(@Nullable Path directory, Path real) {
    return directory != null && real.startsWith(directory);
  }

  /** The real path; of what does not exist, its nearest existing parent's and the rest. */
  private static @Nullable Path realOrMissing(Path absolute) {
    try {
      return absolute.toRealPath();
    } catch (FileSystemException e) {
      Path parent = absolute.getParent();
      Path name = absolute.getFileName();
      if (parent == null || name == null || name.toString().equals("..")) {
        return null;
      }
      Path realParent = realOrMissing(parent);
      return realParent == null ? null : realParent.resolve(name).normalize();
    } catch (IOException e) {
      return null;
    }
  }
}
