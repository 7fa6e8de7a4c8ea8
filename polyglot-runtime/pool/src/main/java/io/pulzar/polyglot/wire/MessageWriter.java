package io.pulzar.polyglot.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes messages. A message, or a list of them, goes out whole and is flushed; those of other
 * threads come before or after it.
 */
public final class MessageWriter {

  private final OutputStream out;
  private final FrameEncoder encoder = new FrameEncoder();
  // Not synchronized: virtual threads wait here while the other side is slow to read.
  private final ReentrantLock lock = new ReentrantLock();

  public MessageWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one message; blocks while the other side does not read.
   *
   * @throws ProtocolException when it is too long for a frame; nothing was written then
   * @throws IOException when the other side is gone
   */
  public void write(Message message) throws IOException {
    writeAll(List.of(message));
  }

  /** Writes all in their order with one flush, or none when one of them is too long. */
  public void writeAll(List<? extends Message> messages) throws IOException {
    lock.lock();
    try {
      encoder.clear();
      for (Message message : messages) {
        encoder.append(message);
      }
      out.write(encoder.buffer(), 0, encoder.length());
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
