package io.pulzar.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one thread writes others read, with a bound between them. The JDK's own pipe breaks when its
 * reader is not always the same thread, which the threads of a server are not.
 */
final class BoundedPipe {

  private static final int MOST_CHUNKS = 8;

  private final Duration patience;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private boolean ended;
  private boolean abandoned;
  private @Nullable String failure;

  /**
   * A pipe that nothing has gone through.
   *
   * @param patience how long a writer waits for a reader to take anything: it holds what it reads
   *     from, which must not be for ever
   */
  BoundedPipe(Duration patience) {
    this.patience = patience;
  }

  /** The writing end. */
  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        put(new byte[] {(byte) single});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        put(Arrays.copyOfRange(bytes, offset, offset + length));
      }
    };
  }

  /**
   * The reading end. Closing it makes the writer fail.
   *
   * @param writer has something written to the other end; called at the first read, which an answer
   *     to HEAD never comes to
   */
  InputStream in(Runnable writer) {
    return new InputStream() {
      private boolean started;
      private byte[] chunk = {};
      private int at;

      @Override
      public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (!started) {
          started = true;
          writer.run();
        }
        while (at == chunk.length) {
          byte @Nullable [] next = take();
          if (next == null) {
            return -1;
          }
          chunk = next;
          at = 0;
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, count);
        at += count;
        return count;
      }

      @Override
      public void close() {
        abandon();
      }
    };
  }

  /** Nothing more will be written. */
  void end() {
    end(null);
  }

  /** Makes the reader fail. */
  void fail(String why) {
    end(why);
  }

  private synchronized void put(byte[] chunk) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    await(
        () -> chunks.size() < MOST_CHUNKS || abandoned || System.nanoTime() - end >= 0,
        patience.toMillis());
    if (abandoned || chunks.size() == MOST_CHUNKS) {
      abandoned = true;
      throw new IOException("the reader went away");
    }
    chunks.add(chunk);
    notifyAll();
  }

  private synchronized byte @Nullable [] take() throws IOException {
    await(() -> !chunks.isEmpty() || ended, 0);
    if (failure != null) {
      throw new IOException(failure);
    }
    notifyAll();
    return chunks.poll();
  }

  private synchronized void end(@Nullable String why) {
    if (!ended) {
      ended = true;
      failure = why;
      notifyAll();
    }
  }

  private synchronized void abandon() {
    abandoned = true;
    chunks.clear();
    notifyAll();
  }

  /**
   * @param millis after which it looks again; 0: only when something happened
   */
  private synchronized void await(BooleanSupplier condition, long millis) throws IOException {
    try {
      while (!condition.getAsBoolean()) {
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in a pipe");
    }
  }
}
