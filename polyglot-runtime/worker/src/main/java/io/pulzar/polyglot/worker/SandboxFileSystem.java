package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.worker.PathAreas.Area;
import io.pulzar.polyglot.worker.PathAreas.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
 * change its scratch directory only. The null device can be written into; the host's own is never
 * opened.
 *
 * <p>Each operation works on the real path that was checked, never on the path as given, and each
 * refusal names the path as given.
 */
final class SandboxFileSystem implements FileSystem {

  private static final Set<String> SETTABLE =
      Set.of("permissions", "mode", "lastModifiedTime", "lastAccessTime", "creationTime");

  private static final int MOST_CHANNELS = 512;
  private static final int CHANNELS_BETWEEN_PURGES = 64;

  private final PathAreas zones;
  private final LibraryFiles libraryFiles;
  private final SourceStamps sources = new SourceStamps();
  private final ScratchQuota quota = new ScratchQuota();
  private final List<SeekableByteChannel> channels = new ArrayList<>();
  private int nextPurge = CHANNELS_BETWEEN_PURGES;
  private volatile Path workingDirectory;

  /** Whether a service was given a file that it writes itself, past the quota. */
  private volatile boolean nativeWrites;

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

  /**
   * Opens the files of one run.
   *
   * @param scratchBytes how much it may write
   */
  void openRun(Path scratch, long scratchBytes, @Nullable Path input) throws IOException {
    zones.setRun(scratch, input);
    quota.begin(scratch, scratchBytes);
    workingDirectory = scratch;
  }

  /** Whether native code has written more for the run than the run may have. */
  boolean exceedsQuota() throws IOException {
    return nativeWrites && quota.isExceeded();
  }

  /**
   * Where a path really lies, for a service that opens the file itself.
   *
   * @throws AccessDeniedException when the script may not read it, or not write it
   * @throws IOException when the scratch directory cannot be made
   */
  Path resolve(String path, boolean write) throws IOException {
    Path given = parsePath(path);
    nativeWrites |= write;
    return write ? changeable(given) : locate(given).real();
  }

  /** Whether a real path lies where the script may change files. */
  boolean isScratch(Path real) {
    Path scratch = zones.scratch();
    return scratch != null && real.startsWith(scratch);
  }

  /** Closes what the run left open and takes its files away. */
  void closeRun() {
    List<SeekableByteChannel> open;
    synchronized (channels) {
      open = List.copyOf(channels);
      channels.clear();
      nextPurge = CHANNELS_BETWEEN_PURGES;
    }
    zones.clearRun();
    quota.end();
    nativeWrites = false;
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
    Place place = look(path, options);
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
    if (look(directory).zone() == Area.WELL_KNOWN) {
      throw new FileAlreadyExistsException(directory.toString());
    }
    Path real = changeable(directory);
    quota.take(ScratchQuota.ENTRY_BYTES);
    Files.createDirectory(real, attributes);
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
    if (place.zone() == Area.NULL_DEVICE) {
      return NullDevice.open(path, options);
    }
    if (place.zone() == Area.LIBRARY) {
      return libraryFiles.open(place.real());
    }
    if (place.zone() == Area.SCRIPTS) {
      sources.remember(place.real());
    }
    SeekableByteChannel channel =
        place.zone() == Area.SCRATCH
            ? openScratch(place.real(), options, attributes)
            : Files.newByteChannel(place.real(), options, attributes);
    keep(path, channel);
    return channel;
  }

  /** The process has a bound on open files too, which its own threads need to stay below. */
  private void keep(Path path, SeekableByteChannel channel) throws IOException {
    synchronized (channels) {
      if (channels.size() >= Math.min(nextPurge, MOST_CHANNELS)) {
        channels.removeIf(known -> !known.isOpen());
        nextPurge = channels.size() + CHANNELS_BETWEEN_PURGES;
      }
      if (channels.size() < MOST_CHANNELS) {
        channels.add(channel);
        return;
      }
    }
    channel.close();
    throw new FileSystemException(path.toString(), null, "Too many open files");
  }

  private SeekableByteChannel openScratch(
      Path real, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean creates =
        options.contains(StandardOpenOption.CREATE)
            || options.contains(StandardOpenOption.CREATE_NEW);
    if (creates && Files.notExists(real, LinkOption.NOFOLLOW_LINKS)) {
      quota.take(ScratchQuota.ENTRY_BYTES);
    }
    return new ScratchChannel(FileChannel.open(real, options, attributes), quota);
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
    Place place = look(path, options);
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
    Files.setAttribute(changeable(path), attribute, value, options);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Path from = locate(source).real();
    Path to = changeable(target);
    quota.take(Math.max(ScratchQuota.ENTRY_BYTES, Files.size(from)));
    Files.copy(from, to, options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Files.move(removable(source), changeable(target), options);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    Path to = changeable(link);
    Path from = changeable(existing);
    quota.take(ScratchQuota.ENTRY_BYTES);
    Files.createLink(to, from);
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

  /** For operations that only tell what is there. */
  private Place look(Path path, LinkOption... options) throws IOException {
    Place known = PathAreas.wellKnown(toAbsolutePath(path));
    return known == null ? locate(path, options) : known;
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

  private Path changeable(Path path) throws IOException {
    Place place = locate(path);
    if (!place.isChangeable()) {
      throw new AccessDeniedException(path.toString());
    }
    return place.real();
  }

  private Path removable(Path path) throws IOException {
    Path real = changeable(path);
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
