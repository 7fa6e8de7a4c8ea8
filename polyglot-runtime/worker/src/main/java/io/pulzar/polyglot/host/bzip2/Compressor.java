package io.pulzar.polyglot.host.bzip2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Compresses what it is given; whole blocks come out as soon as they are full. */
final class Compressor {

  private final ByteArrayOutputStream done = new ByteArrayOutputStream();
  private final BZip2CompressorOutputStream stream;

  Compressor(int level) throws IOException {
    stream = new BZip2CompressorOutputStream(done, level);
  }

  synchronized byte[] compress(byte[] data) throws IOException {
    stream.write(data);
    return taken();
  }

  synchronized byte[] finish() throws IOException {
    stream.close();
    return taken();
  }

  private byte[] taken() {
    byte[] bytes = done.toByteArray();
    done.reset();
    return bytes;
  }
}
