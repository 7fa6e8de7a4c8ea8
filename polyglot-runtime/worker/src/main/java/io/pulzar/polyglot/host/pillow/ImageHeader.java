package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of an encoded image say: enough to refuse it before a decoder sees it.
 *
 * <p>A decoder allocates what the header asks for, so the size must be known beforehand.
 */
public record ImageHeader(Format format, int width, int height, int channels) {

  /** The formats that are read. */
  public enum Format {
    PNG,
    JPEG,
    GIF,
    BMP,
    TIFF,
    WEBP,
    PPM
  }

  /** The header, or nothing when the bytes are not an image of a format that is read. */
  public static Optional<ImageHeader> read(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    try {
      return Optional.ofNullable(
          switch (encoded.length < 8 ? 0 : bytes.getShort(0)) {
            case (short) 0x8950 -> png(bytes);
            case (short) 0xFFD8 -> jpeg(bytes);
            case 0x4749 -> gif(bytes.order(ByteOrder.LITTLE_ENDIAN));
            case 0x424D -> bmp(bytes.order(ByteOrder.LITTLE_ENDIAN));
            case 0x4949 -> tiff(bytes.order(ByteOrder.LITTLE_ENDIAN));
            case 0x4D4D -> tiff(bytes);
            case 0x5249 -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
            case 0x5031, 0x5032, 0x5033, 0x5034, 0x5035, 0x5036 -> portable(bytes);
            default -> null;
          });
    } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
      return Optional.empty();
    }
  }

  /** The header of an image that is within the limits. */
  public static Optional<ImageHeader> checked(byte[] encoded) throws HostCallException {
    Optional<ImageHeader> header = read(encoded);
    if (header.isPresent()) {
      Raster.requireSize(
          Integer.toUnsignedLong(header.get().width), Integer.toUnsignedLong(header.get().height));
    }
    return header;
  }

  private static @Nullable ImageHeader png(ByteBuffer bytes) {
    if (bytes.getLong(0) != 0x89504E470D0A1A0AL || bytes.getInt(12) != 0x49484452) {
      return null;
    }
    int channels =
        switch (bytes.get(25)) {
          case 0, 3 -> 1;
          case 4 -> 2;
          case 2 -> 3;
          default -> 4;
        };
    return new ImageHeader(Format.PNG, bytes.getInt(16), bytes.getInt(20), channels);
  }

  /** Walks the segments to the frame header. */
  private static @Nullable ImageHeader jpeg(ByteBuffer bytes) {
    int at = 2;
    while (true) {
      if (bytes.get(at) != (byte) 0xFF) {
        // libjpeg skips garbage before a marker, so this must find the same frame header.
        at++;
        continue;
      }
      int marker = bytes.get(at + 1) & 0xFF;
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return new ImageHeader(
            Format.JPEG,
            bytes.getShort(at + 7) & 0xFFFF,
            bytes.getShort(at + 5) & 0xFFFF,
            bytes.get(at + 9) & 0xFF);
      }
      if (marker == 0xDA || marker == 0xD9) {
        return null;
      }
      boolean bare =
          marker == 0xFF || marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD8);
      at += marker == 0xFF ? 1 : bare ? 2 : 2 + (bytes.getShort(at + 2) & 0xFFFF);
    }
  }

  private static @Nullable ImageHeader gif(ByteBuffer bytes) {
    boolean known = bytes.getInt(0) == 0x38464947 && bytes.get(5) == 'a';
    return known
        ? new ImageHeader(Format.GIF, bytes.getShort(6) & 0xFFFF, bytes.getShort(8) & 0xFFFF, 1)
        : null;
  }

  private static ImageHeader bmp(ByteBuffer bytes) {
    boolean old = bytes.getInt(14) == 12;
    int width = old ? bytes.getShort(18) & 0xFFFF : bytes.getInt(18);
    int height = old ? bytes.getShort(20) & 0xFFFF : Math.abs(bytes.getInt(22));
    // The rows of a negative one go downwards. There is one number without a positive: it stays,
    // and
    // is too large.
    return new ImageHeader(Format.BMP, width, height, 3);
  }

  /**
   * What the samples of a TIFF mean, as its tag {@code PhotometricInterpretation} says; -1 when it
   * says nothing.
   *
   * @param encoded of which {@link #read} knows that it is a TIFF
   */
  static int photometric(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    return tag(bytes.getShort(0) == 0x4949 ? bytes.order(ByteOrder.LITTLE_ENDIAN) : bytes, 262, -1);
  }

  private static @Nullable ImageHeader tiff(ByteBuffer bytes) {
    return bytes.getShort(2) == 42
        ? new ImageHeader(Format.TIFF, tag(bytes, 256, 0), tag(bytes, 257, 0), tag(bytes, 277, 1))
        : null;
  }

  /** The largest value that the first directory of a TIFF has for a tag. */
  private static int tag(ByteBuffer bytes, int wanted, int otherwise) {
    int directory = bytes.getInt(4);
    int entries = bytes.getShort(directory) & 0xFFFF;
    int found = otherwise;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if ((bytes.getShort(entry) & 0xFFFF) == wanted) {
        int value =
            bytes.getShort(entry + 2) == 3
                ? bytes.getShort(entry + 8) & 0xFFFF
                : bytes.getInt(entry + 8);
        found = Math.max(found, value);
      }
    }
    return found;
  }

  private static @Nullable ImageHeader webp(ByteBuffer bytes) {
    if (bytes.getInt(0) != 0x46464952 || bytes.getInt(8) != 0x50424557) {
      return null;
    }
    return switch (bytes.getInt(12)) {
      case 0x20385056 ->
          new ImageHeader(Format.WEBP, bytes.getShort(26) & 0x3FFF, bytes.getShort(28) & 0x3FFF, 3);
      case 0x4C385056 -> {
        int bits = bytes.getInt(21);
        yield new ImageHeader(
            Format.WEBP, (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1, (bits >> 28 & 1) + 3);
      }
      case 0x58385056 ->
          new ImageHeader(
              Format.WEBP,
              (bytes.getInt(24) & 0xFFFFFF) + 1,
              (bytes.getInt(26) >>> 8) + 1,
              (bytes.get(20) >> 4 & 1) + 3);
      default -> null;
    };
  }

  /** A portable anymap: numbers as text, with comments between them. */
  private static @Nullable ImageHeader portable(ByteBuffer bytes) {
    char kind = (char) bytes.get(1);
    bytes.position(2);
    int width = portableNumber(bytes);
    int height = portableNumber(bytes);
    return width < 0 || height < 0
        ? null
        : new ImageHeader(Format.PPM, width, height, kind == '3' || kind == '6' ? 3 : 1);
  }

  private static int portableNumber(ByteBuffer bytes) {
    int next = bytes.get();
    while (Character.isWhitespace(next) || next == '#') {
      boolean comment = next == '#';
      next = bytes.get();
      while (comment && next != '\n') {
        next = bytes.get();
      }
    }
    long number = -1;
    while (next >= '0' && next <= '9' && number < Integer.MAX_VALUE) {
      number = Math.max(number, 0) * 10 + next - '0';
      next = bytes.get();
    }
    return (int) Math.min(number, Integer.MAX_VALUE);
  }
}
