package io.pulzar.polyglot.worker;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What a script opens as {@code /dev/null}: takes everything, gives nothing. */
final class NullDevice implements SeekableByteChannel {

  private volatile boolean open = true;

  private NullDevice() {}

  static SeekableByteChannel open(Path path, Set<? extends OpenOption> options)
      throws FileSystemException {
    if (options.contains(StandardOpenOption.CREATE_NEW)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (options.contains(StandardOpenOption.DELETE_ON_CLOSE)) {
      throw new AccessDeniedException(path.toString());
    }
    return new NullDevice();
  }

  @Override
  public int read(ByteBuffer target) throws ClosedChannelException {
    needOpen();
    return -1;
  }

  @Override
  public int write(ByteBuffer source) throws ClosedChannelException {
    needOpen();
    int length = source.remaining();
    source.position(source.limit());
    return length;
  }

  @Override
  public long position() throws ClosedChannelException {
    needOpen();
    return 0;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
    needOpen();
    return this;
  }

  @Override
  public long size() throws ClosedChannelException {
    needOpen();
    return 0;
  }

  @Override
  public SeekableByteChannel truncate(long size) throws ClosedChannelException {
    needOpen();
    return this;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  private void needOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
