package io.pulzar.values;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Checked bytes as a stream. For one thread. */
final class VerifiedStream extends InputStream {

  private final VerifiedBytes bytes;
  private final ByteBuffer block = ByteBuffer.allocate(BlockChecksums.BLOCK).limit(0);

  VerifiedStream(VerifiedBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!block.hasRemaining() && !bytes.next(block)) {
      block.limit(block.position());
      return -1;
    }
    int count = Math.min(length, block.remaining());
    block.get(into, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
