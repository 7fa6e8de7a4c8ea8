package io.pulzar.polyglot.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads messages, one at a time. For one thread. */
public final class MessageReader {

  /** What a frame may hold behind its length field. */
  public static final int MAX_FRAME_BYTES = 64 * 1024 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;

  public MessageReader(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  /**
   * Waits for the next message.
   *
   * @return null at a clean end, between two frames
   * @throws ProtocolException when what was received is no frame; the stream is of no use then
   */
  public @Nullable Message read() throws IOException {
    byte[] header = in.readNBytes(Integer.BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < Integer.BYTES) {
      throw new ProtocolException("the stream ended within the length of a frame");
    }
    int length = new FrameDecoder(header).takeInt();
    if (length < 1 || length > MAX_FRAME_BYTES) {
      throw new ProtocolException(
          "a frame cannot have %d bytes, only 1 to %d".formatted(length, MAX_FRAME_BYTES));
    }
    // readNBytes grows with what arrives, so a length alone does not make us reserve 64 MiB.
    byte[] frame = in.readNBytes(length);
    if (frame.length < length) {
      throw new ProtocolException(
          "the stream ended after %d of the %d bytes of a frame".formatted(frame.length, length));
    }
    return new FrameDecoder(frame).takeMessage();
  }
}
