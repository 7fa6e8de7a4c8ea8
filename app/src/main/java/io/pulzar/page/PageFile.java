package io.pulzar.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One file as it is sent. */
final class PageFile {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private final String type;
  private final byte[] bytes;
  private final byte[] compressed;

  /**
   * Compresses it too.
   *
   * @param name its end says the type
   */
  PageFile(String name, byte[] bytes) {
    String known = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (known == null) {
      throw new IllegalArgumentException(name + " is of a kind that the page has no use for");
    }
    this.type = known;
    this.bytes = bytes;
    this.compressed = compress(bytes);
  }

  /** For {@code Content-Type}. */
  String type() {
    return type;
  }

  /** Tells it from other contents under the same name. */
  String digest() {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** Must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The same in gzip's format. */
  byte[] compressed() {
    return compressed;
  }

  private static byte[] compress(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (OutputStream out = new SmallestGzip(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** It is done once and sent often. */
  private static final class SmallestGzip extends GZIPOutputStream {

    SmallestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
