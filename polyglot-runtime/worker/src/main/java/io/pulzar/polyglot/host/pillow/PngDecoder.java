package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads PNG as Pillow does: the kinds of pixel stay what they are, 16-bit colours lose their lower
 * half, and a file that ends early is an error.
 *
 * <p>Source: the PNG specification, third edition, W3C 2025.
 */
final class PngDecoder {

  private static final int HEADER = 0x49484452;
  private static final int PALETTE = 0x504C5445;
  private static final int TRANSPARENCY = 0x74524E53;
  private static final int DATA = 0x49444154;
  private static final int PHYSICAL = 0x70485973;
  private static final int END = 0x49454E44;

  /** Start and step of the passes of an interlaced image: x, y, step of x, step of y. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final int width;
  private final int height;
  private final int bits;
  private final int colorType;
  private final boolean interlaced;
  private byte @Nullable [] palette;
  private byte @Nullable [] transparency;
  private int resolution;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();

  private PngDecoder(ByteBuffer header) throws HostCallException {
    width = header.getInt();
    height = header.getInt();
    bits = header.get();
    colorType = header.get();
    header.getShort();
    interlaced = header.get() == 1;
    boolean known =
        switch (colorType) {
          case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case 3 -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case 2, 4, 6 -> bits == 8 || bits == 16;
          default -> false;
        };
    if (!known) {
      throw broken("unknown kind of pixel");
    }
    Raster.requireSize(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height));
  }

  static Picture decode(byte[] encoded) throws HostCallException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(encoded).position(8);
      if (bytes.getInt() != 13 || bytes.getInt() != HEADER) {
        throw broken("no header");
      }
      PngDecoder decoder = new PngDecoder(bytes.slice(bytes.position(), 13));
      bytes.position(bytes.position() + 13 + 4);
      decoder.readChunks(bytes);
      return decoder.picture();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cut) {
      throw broken("the file is truncated");
    }
  }

  private void readChunks(ByteBuffer bytes) throws HostCallException {
    while (bytes.remaining() >= 8) {
      int length = bytes.getInt();
      int type = bytes.getInt();
      if (length < 0 || (length > bytes.remaining() && type != DATA)) {
        throw broken("the file is truncated");
      }
      // Data that ends early is found out when the rows are taken from it.
      byte[] content = new byte[Math.min(length, bytes.remaining())];
      bytes.get(content);
      switch (type) {
        case PALETTE -> palette = content;
        case TRANSPARENCY -> transparency = content;
        case DATA -> compressed.writeBytes(content);
        case PHYSICAL -> resolution = physical(content);
        case END -> {
          return;
        }
        default -> {}
      }
      bytes.position(Math.min(bytes.position() + 4, bytes.limit()));
    }
  }

  private static int physical(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    return content.length == 9 && content[8] == 1 ? bytes.getInt(0) : 0;
  }

  private Picture picture() throws HostCallException {
    if (colorType == 3 && palette == null) {
      throw broken("the palette is missing");
    }
    int channels = channels();
    boolean wide = colorType == 0 && bits == 16;
    Raster raster =
        Raster.blank(width, height, channels, wide ? Raster.Depth.INT32 : Raster.Depth.UINT8);
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed.toByteArray());
      if (interlaced) {
        for (int[] pass : PASSES) {
          readPass(inflater, raster, pass);
        }
      } else {
        readPass(inflater, raster, new int[] {0, 0, 1, 1});
      }
    } catch (DataFormatException damaged) {
      throw broken("the data are damaged");
    } finally {
      inflater.end();
    }
    return new Picture(mode(), raster, palette, transparency, resolution);
  }

  private void readPass(Inflater inflater, Raster raster, int[] pass)
      throws DataFormatException, HostCallException {
    int columns = (width - pass[0] + pass[2] - 1) / pass[2];
    int rows = (height - pass[1] + pass[3] - 1) / pass[3];
    if (columns <= 0 || rows <= 0) {
      return;
    }
    int rowBytes = (columns * channels() * bits + 7) / 8;
    byte[] above = new byte[rowBytes];
    byte[] row = new byte[rowBytes];
    byte[] filter = new byte[1];
    for (int y = 0; y < rows; y++) {
      fill(inflater, filter);
      fill(inflater, row);
      unfilter(filter[0], row, above, Math.max(1, channels() * bits / 8));
      unpack(row, raster, columns, pass, pass[1] + y * pass[3]);
      byte[] done = above;
      above = row;
      row = done;
    }
  }

  private static void fill(Inflater inflater, byte[] target)
      throws DataFormatException, HostCallException {
    int filled = 0;
    while (filled < target.length) {
      int count = inflater.inflate(target, filled, target.length - filled);
      if (count == 0
          && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
        throw broken("the file is truncated");
      }
      filled += count;
    }
  }

  private static void unfilter(int filter, byte[] row, byte[] above, int step)
      throws HostCallException {
    switch (filter) {
      case 0 -> {}
      case 1 -> {
        for (int i = step; i < row.length; i++) {
          row[i] += row[i - step];
        }
      }
      case 2 -> {
        for (int i = 0; i < row.length; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < row.length; i++) {
          int left = i < step ? 0 : row[i - step] & 0xFF;
          row[i] += (byte) ((left + (above[i] & 0xFF)) / 2);
        }
      }
      case 4 -> {
        for (int i = 0; i < row.length; i++) {
          row[i] += i < step ? above[i] : nearest(row[i - step], above[i], above[i - step]);
        }
      }
      default -> throw broken("unknown filter");
    }
  }

  /** Paeth's predictor: the neighbour that is nearest to left + above - corner. */
  private static byte nearest(byte left, byte above, byte corner) {
    int a = left & 0xFF;
    int b = above & 0xFF;
    int c = corner & 0xFF;
    int toLeft = Math.abs(b - c);
    int toAbove = Math.abs(a - c);
    int toCorner = Math.abs(a + b - 2 * c);
    return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
  }

  private void unpack(byte[] row, Raster raster, int columns, int[] pass, int y) {
    byte[] samples = raster.samples();
    int channels = channels();
    for (int x = 0; x < columns; x++) {
      int to = (y * width + pass[0] + x * pass[2]) * raster.pixelBytes();
      if (bits < 8) {
        int value = row[x * bits / 8] >> (8 - bits - x * bits % 8) & ((1 << bits) - 1);
        samples[to] = (byte) (colorType == 3 ? value : value * (255 / ((1 << bits) - 1)));
      } else if (raster.depth() == Raster.Depth.INT32) {
        samples[to] = row[2 * x + 1];
        samples[to + 1] = row[2 * x];
      } else {
        for (int channel = 0; channel < channels; channel++) {
          samples[to + channel] = row[(x * channels + channel) * bits / 8];
        }
      }
    }
  }

  private int channels() {
    return switch (colorType) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  private String mode() {
    return switch (colorType) {
      case 0 -> bits == 1 ? "1" : bits == 16 ? "I" : "L";
      case 2 -> "RGB";
      case 3 -> "P";
      case 4 -> "LA";
      default -> "RGBA";
    };
  }

  private static HostCallException broken(String what) {
    return new HostCallException("OSError", "the PNG can't be read: " + what);
  }
}
