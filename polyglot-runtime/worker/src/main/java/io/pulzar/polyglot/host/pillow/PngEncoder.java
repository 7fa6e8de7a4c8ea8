package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Writes PNG with eight bits a sample, each row as the difference to the one above. */
final class PngEncoder {

  private static final int FILTER_UP = 2;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private PngEncoder() {}

  /**
   * Encodes an image.
   *
   * @param palette red, green and blue of each colour when the samples are numbers of colours
   * @param transparency the content of the chunk of that name
   * @param resolution pixels for each metre, 0 when unknown
   */
  static byte[] encode(
      Raster raster, byte @Nullable [] palette, byte @Nullable [] transparency, int resolution)
      throws HostCallException {
    if (raster.depth() != Raster.Depth.UINT8 || raster.channels() > 4) {
      throw new HostCallException(
          "NotImplementedError",
          "PNG with %s samples can't be written".formatted(raster.depth().dtype()));
    }
    PngEncoder encoder = new PngEncoder();
    encoder.file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    int colorType = palette != null ? 3 : new int[] {0, 4, 2, 6}[raster.channels() - 1];
    encoder.chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(raster.width())
            .putInt(raster.height())
            .put((byte) 8)
            .put((byte) colorType)
            .array());
    if (palette != null) {
      encoder.chunk("PLTE", palette);
    }
    if (transparency != null) {
      encoder.chunk("tRNS", transparency);
    }
    if (resolution > 0) {
      encoder.chunk(
          "pHYs",
          ByteBuffer.allocate(9).putInt(resolution).putInt(resolution).put((byte) 1).array());
    }
    encoder.chunk("IDAT", compressed(raster));
    encoder.chunk("IEND", new byte[0]);
    return encoder.file.toByteArray();
  }

  private static byte[] compressed(Raster raster) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    try {
      byte[] samples = raster.samples();
      int rowBytes = raster.rowBytes();
      byte[] row = new byte[rowBytes + 1];
      byte[] block = new byte[1 << 16];
      row[0] = FILTER_UP;
      for (int y = 0; y < raster.height(); y++) {
        int start = y * rowBytes;
        for (int i = 0; i < rowBytes; i++) {
          row[i + 1] = (byte) (samples[start + i] - (y == 0 ? 0 : samples[start + i - rowBytes]));
        }
        deflater.setInput(row);
        if (y == raster.height() - 1) {
          deflater.finish();
        }
        while (!deflater.needsInput() || (y == raster.height() - 1 && !deflater.finished())) {
          data.write(block, 0, deflater.deflate(block));
        }
      }
      return data.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private void chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(name);
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
