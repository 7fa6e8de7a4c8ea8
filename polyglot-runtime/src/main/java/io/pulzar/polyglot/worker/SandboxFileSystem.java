package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.worker.PathAreas.Area;
import io.pulzar.polyglot.worker.PathAreas.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * All that a script can see of the host's files: the zones of {@link PathAreas}, of which it may
 * write to its scratch directory only.
 *
 * <p>Each operation works on the real path that was checked, never on the path as given, and each
 * refusal names the path as given.
 */
final class SandboxFileSystem implements FileSystem {

  private static final Set<String> SETTABLE =
      Set.of("permissions", "mode", "lastModifiedTime", "lastAccessTime", "creationTime");

  private final PathAreas zones;
  private final LibraryFiles libraryFiles;
  private final SourceStamps sources = new SourceStamps();
  private final List<SeekableByteChannel> channels = new ArrayList<>();
  private volatile Path workingDirectory;
  private volatile Runnable pace = () -> {};

  SandboxFileSystem(PathAreas zones, LibraryFiles libraryFiles, Path workingDirectory) {
    this.zones = zones;
    this.libraryFiles = libraryFiles;
    this.workingDirectory = workingDirectory;
  }

  /** Gives the context to the scripts of one directory. */
  void setScripts(Path root) throws IOException {
    zones.setScripts(root);
  }

  /** Sets what is done before each opening of a file. */
  void setPace(Runnable beforeOpening) {
    pace = beforeOpening;
  }

  /** Opens the files of one run. */
  void openRun(Path scratch, @Nullable Path input) throws IOException {
    zones.setRun(scratch, input);
    workingDirectory = scratch;
  }

  /**
   * Where a path really lies, for a service that opens the file itself.
   *
   * @throws AccessDeniedException when the script may not read it, or not write it
   * @throws IOException when the scratch directory cannot be made
   */
  Path resolve(String path, boolean write) throws IOException {
    Path given = parsePath(path);
    return write ? writable(given) : locate(given).real();
  }

  /** Closes what the run left open and takes its files away. */
  void closeRun() {
    List<SeekableByteChannel> open;
    synchronized (channels) {
      open = List.copyOf(channels);
      channels.clear();
    }
    zones.clearRun();
    for (SeekableByteChannel channel : open) {
      try {
        channel.close();
      } catch (IOException e) {
        // Its file is about to be deleted; what could not be written is not missed.
      }
    }
  }

  /** Whether a file that the script's runs read from its directory was changed since. */
  boolean sourcesChanged() {
    return sources.changed();
  }

  @Override
  public Path parsePath(URI uri) {
    return Path.of(uri);
  }

  @Override
  public Path parsePath(String path) {
    return Path.of(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    Place place = locate(path, options);
    if (modes.contains(AccessMode.WRITE)) {
      needWritable(place, path);
    }
    if (place.zone() == Area.LIBRARY) {
      libraryFiles.checkAccess(place.real(), modes);
      return;
    }
    place
        .real()
        .getFileSystem()
        .provider()
        .checkAccess(place.real(), modes.toArray(AccessMode[]::new));
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    Files.createDirectory(writable(directory), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(removable(path));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    pace.run();
    Place place = locate(path);
    for (OpenOption option : options) {
      if (option != StandardOpenOption.READ && !(option instanceof LinkOption)) {
        needWritable(place, path);
      }
    }
    if (place.zone() == Area.LIBRARY) {
      return libraryFiles.open(place.real());
    }
    if (place.zone() == Area.SCRIPTS) {
      sources.remember(place.real());
    }
    SeekableByteChannel channel = Files.newByteChannel(place.real(), options, attributes);
    synchronized (channels) {
      if (channels.size() % 64 == 63) {
        channels.removeIf(known -> !known.isOpen());
      }
      channels.add(channel);
    }
    return channel;
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Place place = locate(directory);
    List<Path> names =
        place.zone() == Area.LIBRARY
            ? libraryFiles.list(place.real())
            : LibraryFiles.names(place.real());
    List<Path> entries = new ArrayList<>(names.size());
    for (Path name : names) {
      Path entry = directory.resolve(name);
      if (filter.accept(entry)) {
        entries.add(entry);
      }
    }
    return new ListedDirectory(entries);
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return path.isAbsolute() ? path : workingDirectory.resolve(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    Place place = locate(path, options);
    checkExists(place);
    return place.real();
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    Place place = locate(path, options);
    return place.zone() == Area.LIBRARY
        ? libraryFiles.attributes(place.real(), attributes, options)
        : Files.readAttributes(place.real(), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    String name = attribute.substring(attribute.indexOf(':') + 1);
    if (!SETTABLE.contains(name)) {
      throw new AccessDeniedException(path.toString());
    }
    Files.setAttribute(writable(path), attribute, value, options);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Files.copy(locate(source).real(), writable(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Files.move(removable(source), writable(target), options);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    Files.createLink(writable(link), writable(existing));
  }

  /** Refused always: a link would make a path mean something else than what was checked. */
  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    throw new AccessDeniedException(
        link.toString(), null, "symbolic links are not allowed in scripts");
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return Files.readSymbolicLink(locate(link, LinkOption.NOFOLLOW_LINKS).real());
  }

  @Override
  public void setCurrentWorkingDirectory(Path directory) {
    try {
      workingDirectory = locate(directory).real();
    } catch (IOException e) {
      throw new SecurityException("no access to " + directory, e);
    }
  }

  @Override
  public Path getTempDirectory() {
    Path scratch = zones.scratch();
    return scratch == null ? workingDirectory : scratch;
  }

  @Override
  public boolean isSameFile(Path first, Path second, LinkOption... options) throws IOException {
    return Files.isSameFile(locate(first).real(), locate(second).real());
  }

  @Override
  public long getFileStoreTotalSpace(Path path) throws IOException {
    return Files.getFileStore(locate(path).real()).getTotalSpace();
  }

  @Override
  public long getFileStoreUnallocatedSpace(Path path) throws IOException {
    return Files.getFileStore(locate(path).real()).getUnallocatedSpace();
  }

  @Override
  public long getFileStoreUsableSpace(Path path) throws IOException {
    return Files.getFileStore(locate(path).real()).getUsableSpace();
  }

  @Override
  public long getFileStoreBlockSize(Path path) throws IOException {
    return Files.getFileStore(locate(path).real()).getBlockSize();
  }

  @Override
  public boolean isFileStoreReadOnly(Path path) throws IOException {
    return !locate(path).isWritable();
  }

  private Place locate(Path path, LinkOption... options) throws IOException {
    Path absolute = toAbsolutePath(path);
    if (options.length > 0) {
      // The entry itself is meant, not what it may link to: only its directory is resolved.
      Path parent = absolute.getParent();
      Path name = absolute.getFileName();
      if (parent != null && name != null && !isDots(name)) {
        Place place = zones.locate(parent, path);
        return new Place(place.real().resolve(name), place.zone());
      }
    }
    return zones.locate(absolute, path);
  }

  private Path writable(Path path) throws IOException {
    Place place = locate(path);
    needWritable(place, path);
    return place.real();
  }

  private Path removable(Path path) throws IOException {
    Path real = writable(path);
    if (real.equals(zones.scratch())) {
      throw new AccessDeniedException(path.toString(), null, "the run needs its own directory");
    }
    return real;
  }

  private static boolean isDots(Path name) {
    String text = name.toString();
    return text.equals("..") || text.equals(".");
  }

  private static void needWritable(Place place, Path given) throws AccessDeniedException {
    if (!place.isWritable()) {
      throw new AccessDeniedException(given.toString());
    }
  }

  private static void checkExists(Place place) throws IOException {
    place.real().getFileSystem().provider().checkAccess(place.real());
  }
}
