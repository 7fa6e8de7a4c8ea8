package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first frame of a GIF.
 *
 * <p>Source: Graphics Interchange Format, version 89a, CompuServe 1990.
 */
final class GifDecoder {

  private static final int LARGEST_TABLE = 4096;

  private final ByteBuffer bytes;
  private final int width;
  private final int height;
  private final int background;
  private byte @Nullable [] palette;
  private int transparent = -1;

  private GifDecoder(ByteBuffer bytes) throws HostCallException {
    this.bytes = bytes;
    width = bytes.getShort() & 0xFFFF;
    height = bytes.getShort() & 0xFFFF;
    Raster.requireSize(width, height);
    int flags = bytes.get();
    background = bytes.get() & 0xFF;
    bytes.get();
    if ((flags & 0x80) != 0) {
      palette = palette(flags);
    }
  }

  static Picture decode(byte[] encoded) throws HostCallException {
    try {
      return new GifDecoder(ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).position(6))
          .firstFrame();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cut) {
      throw broken("the file is truncated");
    }
  }

  private Picture firstFrame() throws HostCallException {
    while (true) {
      switch (bytes.get()) {
        case 0x21 -> extension();
        case 0x2C -> {
          return frame();
        }
        default -> throw broken("there is no frame");
      }
    }
  }

  private void extension() {
    boolean control = (bytes.get() & 0xFF) == 0xF9;
    byte[] content = blocks();
    if (control && content.length >= 4 && (content[0] & 1) != 0) {
      transparent = content[3] & 0xFF;
    }
  }

  private Picture frame() throws HostCallException {
    int left = bytes.getShort() & 0xFFFF;
    int top = bytes.getShort() & 0xFFFF;
    int frameWidth = bytes.getShort() & 0xFFFF;
    int frameHeight = bytes.getShort() & 0xFFFF;
    int flags = bytes.get();
    if ((flags & 0x80) != 0) {
      palette = palette(flags);
    }
    if (palette == null) {
      throw broken("there is no palette");
    }
    Raster.requireSize(frameWidth, frameHeight);
    if (left + frameWidth > width || top + frameHeight > height) {
      throw broken("the frame is not inside the image");
    }
    int codeBits = bytes.get();
    if (codeBits < 1 || codeBits > 8) {
      throw broken("unknown size of codes");
    }
    byte[] numbers = new Codes(blocks(), codeBits).expand(frameWidth * frameHeight);
    Raster raster = Raster.blank(width, height, 1, Raster.Depth.UINT8);
    Arrays.fill(raster.samples(), (byte) (transparent >= 0 ? transparent : background));
    boolean interlaced = (flags & 0x40) != 0;
    for (int row = 0; row < frameHeight; row++) {
      int y = interlaced ? interlaced(row, frameHeight) : row;
      System.arraycopy(
          numbers, row * frameWidth, raster.samples(), (top + y) * width + left, frameWidth);
    }
    byte[] alpha = transparent < 0 ? null : opaqueBut(transparent);
    return new Picture("P", raster, palette, alpha, 0);
  }

  private byte[] palette(int flags) {
    byte[] colors = new byte[3 << ((flags & 7) + 1)];
    bytes.get(colors);
    return colors;
  }

  private byte[] blocks() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int length = bytes.get() & 0xFF;
    while (length > 0) {
      byte[] block = new byte[length];
      bytes.get(block);
      content.writeBytes(block);
      length = bytes.get() & 0xFF;
    }
    return content.toByteArray();
  }

  private static byte[] opaqueBut(int color) {
    byte[] alpha = new byte[color + 1];
    Arrays.fill(alpha, (byte) 255);
    alpha[color] = 0;
    return alpha;
  }

  /**
   * Where the row with this number in the file lies: every 8th, 8th from 4, 4th from 2, 2nd from 1.
   */
  private static int interlaced(int row, int rows) {
    int rest = row;
    int[] starts = {0, 4, 2, 1};
    int[] steps = {8, 8, 4, 2};
    for (int pass = 0; pass < 4; pass++) {
      int inPass = Math.max(0, (rows - starts[pass] + steps[pass] - 1) / steps[pass]);
      if (rest < inPass) {
        return starts[pass] + rest * steps[pass];
      }
      rest -= inPass;
    }
    throw new IllegalArgumentException("row");
  }

  private static HostCallException broken(String what) {
    return new HostCallException("OSError", "the GIF can't be read: " + what);
  }

  /** The compressed numbers of colours: each code is a sequence that was there before plus one. */
  private static final class Codes {

    private final byte[] packed;
    private final int literalBits;
    private final int[] prefix = new int[LARGEST_TABLE];
    private final byte[] last = new byte[LARGEST_TABLE];
    private final byte[] reversed = new byte[LARGEST_TABLE + 1];
    private long position;

    Codes(byte[] packed, int literalBits) {
      this.packed = packed;
      this.literalBits = literalBits;
    }

    byte[] expand(int count) throws HostCallException {
      byte[] numbers = new byte[count];
      int clear = 1 << literalBits;
      int size = literalBits + 1;
      int next = clear + 2;
      int before = -1;
      int filled = 0;
      while (filled < count) {
        int code = code(size);
        if (code == clear) {
          size = literalBits + 1;
          next = clear + 2;
          before = -1;
          continue;
        }
        if (code == clear + 1) {
          break;
        }
        if (code > next || (code == next && before < 0)) {
          throw broken("the data are damaged");
        }
        // The code that is about to be defined stands for the sequence before and its own first.
        int length = sequence(code == next ? before : code, clear);
        byte first = reversed[length - 1];
        for (int i = length - 1; i >= 0 && filled < count; i--) {
          numbers[filled++] = reversed[i];
        }
        if (code == next && filled < count) {
          numbers[filled++] = first;
        }
        if (before >= 0 && next < LARGEST_TABLE) {
          prefix[next] = before;
          last[next] = first;
          next++;
          if (next == 1 << size && size < 12) {
            size++;
          }
        }
        before = code;
      }
      if (filled < count) {
        throw broken("the file is truncated");
      }
      return numbers;
    }

    /** Writes the sequence backwards and returns its length. */
    private int sequence(int code, int clear) {
      int length = 0;
      int at = code;
      while (at > clear) {
        reversed[length++] = last[at];
        at = prefix[at];
      }
      reversed[length++] = (byte) at;
      return length;
    }

    private int code(int bits) throws HostCallException {
      int value = 0;
      for (int i = 0; i < bits; i++, position++) {
        int at = (int) (position >> 3);
        if (at >= packed.length) {
          throw broken("the file is truncated");
        }
        value |= (packed[at] >> (position & 7) & 1) << i;
      }
      return value;
    }
  }
}
