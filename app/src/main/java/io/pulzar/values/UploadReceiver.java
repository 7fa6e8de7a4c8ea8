package io.pulzar.values;

import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Receives one body of unknown or large size: in memory as long as it may turn out small, then into
 * a file. The file is synced and has its final name when the body is complete; closing before that
 * removes it.
 */
final class UploadReceiver implements AutoCloseable {

  /** What was received, durable where it is a file. */
  record Received(long size, int checksum, Content content) {}

  private static final int PIECE = 64 << 10;

  /** So much is on its way to the disk while more arrives; the last sync then waits for little. */
  private static final int SYNC_EVERY = 16 << 20;

  private final ValueFiles files;
  private final long id;
  private final long maxSize;
  private final Executor disk;
  private final BlockChecksums checksums = new BlockChecksums();
  private long size;
  private @Nullable FileChannel draft;
  private CompletableFuture<Void> syncing = CompletableFuture.completedFuture(null);
  private long notSynced;

  /**
   * @param disk where syncing may block
   */
  UploadReceiver(ValueFiles files, long id, long maxSize, Executor disk) {
    this.files = files;
    this.id = id;
    this.maxSize = maxSize;
    this.disk = disk;
  }

  /**
   * Reads the body to its end.
   *
   * @throws TooLargeException as soon as it is too large
   * @throws BrokenOffException when the client did not send all of it
   */
  Received receive(InputStream body) throws IOException {
    try (body) {
      byte[] head = new byte[ValueWrites.INLINE];
      int length = fill(body, head);
      take(head, length);
      if (length < head.length) {
        return inline(Arrays.copyOf(head, length));
      }
      byte[] piece = new byte[PIECE];
      int next = fill(body, piece);
      if (next == 0) {
        return inline(head);
      }
      FileChannel channel = open();
      write(channel, head, length);
      while (next > 0) {
        take(piece, next);
        write(channel, piece, next);
        next = fill(body, piece);
      }
      return publish(channel);
    }
  }

  @Override
  public void close() throws IOException {
    if (draft != null) {
      draft.close();
      files.discardDraft(id);
      files.delete(id);
    }
  }

  private Received inline(byte[] bytes) {
    return new Received(size, checksums.whole(), new Content.Inline(bytes));
  }

  private FileChannel open() throws IOException {
    FileChannel channel =
        FileChannel.open(files.draft(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    draft = channel;
    return channel;
  }

  private Received publish(FileChannel channel) throws IOException {
    awaitSync();
    files.publish(id, channel);
    draft = null;
    return new Received(size, checksums.whole(), new Content.InFile(checksums.blocks()));
  }

  private void take(byte[] bytes, int length) throws TooLargeException {
    size += length;
    if (size > maxSize) {
      throw new TooLargeException();
    }
    checksums.update(bytes, 0, length);
  }

  private void write(FileChannel channel, byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    notSynced += length;
    if (notSynced >= SYNC_EVERY && syncing.isDone()) {
      notSynced = 0;
      syncing = syncing.thenRunAsync(() -> sync(channel), disk);
    }
  }

  private static void sync(FileChannel channel) {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The system tells of a failed write only once, so no sync may fail unnoticed. */
  private void awaitSync() throws IOException {
    try {
      syncing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException failed
          ? failed.getCause()
          : new IOException(e.getCause());
    }
  }

  /** Fills the array as far as the body goes. */
  private static int fill(InputStream body, byte[] into) throws BrokenOffException {
    try {
      return body.readNBytes(into, 0, into.length);
    } catch (IOException e) {
      throw new BrokenOffException(e);
    }
  }

  /** The body is larger than values may be. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The client went away. */
  static final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenOffException(IOException cause) {
      super(cause);
    }
  }
}
