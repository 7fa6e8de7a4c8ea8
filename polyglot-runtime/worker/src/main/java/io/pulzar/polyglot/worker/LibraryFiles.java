package io.pulzar.polyglot.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the libraries of a worker, and remembers what it saw: each new context imports the same
 * modules, and the libraries do not change while a worker lives.
 */
final class LibraryFiles {

  private static final int REMEMBERED = 20_000;
  private static final long CACHED_FILE_BYTES = 512 * 1024;
  private static final long CACHED_BYTES = 24L * 1024 * 1024;

  private record Question(Path path, String attributes, boolean follow) {}

  private final Map<Question, Map<String, Object>> attributes = new ConcurrentHashMap<>();
  private final PathCache<Boolean> missing = new PathCache<>();
  private final Map<Path, List<Path>> listings = new ConcurrentHashMap<>();
  private final Map<Path, byte[]> contents = new ConcurrentHashMap<>();
  private final SharedCode code = new SharedCode();
  private long cachedBytes;

  Map<String, Object> attributes(Path real, String names, LinkOption... options)
      throws IOException {
    if (missing.contains(real)) {
      throw new NoSuchFileException(real.toString());
    }
    Question question = new Question(real, names, options.length == 0);
    Map<String, Object> known = attributes.get(question);
    if (known != null) {
      return known;
    }
    try {
      Map<String, Object> read = Files.readAttributes(real, names, options);
      if (attributes.size() < REMEMBERED) {
        attributes.put(question, read);
      }
      return read;
    } catch (NoSuchFileException e) {
      rememberMissing(real);
      throw e;
    }
  }

  void checkAccess(Path real, Set<? extends AccessMode> modes) throws IOException {
    if (missing.contains(real)) {
      throw new NoSuchFileException(real.toString());
    }
    try {
      real.getFileSystem().provider().checkAccess(real, modes.toArray(AccessMode[]::new));
    } catch (NoSuchFileException e) {
      rememberMissing(real);
      throw e;
    }
  }

  List<Path> list(Path real) throws IOException {
    List<Path> known = listings.get(real);
    if (known != null) {
      return known;
    }
    List<Path> read = names(real);
    if (listings.size() < REMEMBERED) {
      listings.put(real, read);
    }
    return read;
  }

  static List<Path> names(Path directory) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (name != null) {
          names.add(name);
        }
      }
    }
    return names;
  }

  SeekableByteChannel open(Path real) throws IOException {
    byte[] known = contents.get(real);
    if (known == null) {
      if (!Files.isRegularFile(real) || Files.size(real) > CACHED_FILE_BYTES) {
        return Files.newByteChannel(real);
      }
      known = Files.readAllBytes(real);
      rememberContent(real, known);
    }
    return new BytesChannel(known);
  }

  private void rememberMissing(Path real) {
    missing.put(real, true);
  }

  private synchronized void rememberContent(Path real, byte[] content) {
    if (cachedBytes + content.length <= CACHED_BYTES && contents.put(real, content) == null) {
      cachedBytes += content.length;
      code.keep(real, content);
    }
  }

  /** Reads an array. */
  private static final class BytesChannel implements SeekableByteChannel {

    private final byte[] content;
    private long position;
    private volatile boolean open = true;

    BytesChannel(byte[] content) {
      this.content = content;
    }

    @Override
    public synchronized int read(ByteBuffer target) {
      if (position >= content.length) {
        return -1;
      }
      int count = Math.min(target.remaining(), content.length - (int) position);
      target.put(content, (int) position, count);
      position += count;
      return count;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public synchronized long position() {
      return position;
    }

    @Override
    public synchronized SeekableByteChannel position(long newPosition) {
      if (newPosition < 0) {
        throw new IllegalArgumentException("a position cannot be negative: " + newPosition);
      }
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
