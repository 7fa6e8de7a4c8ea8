package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import java.util.Locale;

/**
 * A rectangle of samples: an image, or a matrix of numbers.
 *
 * <p>Python holds it as an opaque object. It is on the Java heap and not in native memory so that
 * the garbage collector frees what a script forgets and the worker's memory limit covers it.
 */
public final class Raster {

  /** The most pixels of an image, and the longest side that all libraries behind this can take. */
  public static final int MAXIMUM_PIXELS = Integer.getInteger("pulzar.images.pixels", 40_000_000);

  public static final int MAXIMUM_SIDE = 32_767;

  /** What a sample is. */
  public enum Depth {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    INT32(4),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    Depth(int bytes) {
      this.bytes = bytes;
    }

    public int bytes() {
      return bytes;
    }

    /** The name in numpy. */
    public String dtype() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Depth of(String dtype) throws HostCallException {
      for (Depth depth : values()) {
        if (depth.dtype().equals(dtype)) {
          return depth;
        }
      }
      throw new HostCallException("TypeError", "arrays of " + dtype + " are not supported");
    }
  }

  private final int width;
  private final int height;
  private final int channels;
  private final Depth depth;
  private final byte[] samples;

  public Raster(int width, int height, int channels, Depth depth, byte[] samples) {
    if (samples.length != (long) width * height * channels * depth.bytes()) {
      throw new IllegalArgumentException("the samples do not fill the raster");
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.depth = depth;
    this.samples = samples;
  }

  /** A raster of zeros, after its size was checked and room was found. */
  public static Raster blank(int width, int height, int channels, Depth depth)
      throws HostCallException {
    requireSize(width, height);
    long bytes = (long) width * height * channels * depth.bytes();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new HostCallException("MemoryError", "an image of " + bytes + " bytes is too large");
    }
    HeapRoom.require(bytes);
    return new Raster(width, height, channels, depth, new byte[(int) bytes]);
  }

  /** Refuses empty images and images over the limits, before anything is allocated for them. */
  public static void requireSize(long width, long height) throws HostCallException {
    if (width < 1 || height < 1) {
      throw new HostCallException(
          "ValueError", "the image is empty (%dx%d)".formatted(width, height));
    }
    if (width > MAXIMUM_SIDE || height > MAXIMUM_SIDE || width * height > MAXIMUM_PIXELS) {
      throw new HostCallException(
          "ValueError",
          "an image of %dx%d pixels is over the limit of %d pixels with sides up to %d"
              .formatted(width, height, MAXIMUM_PIXELS, MAXIMUM_SIDE));
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public int channels() {
    return channels;
  }

  public Depth depth() {
    return depth;
  }

  /**
   * Rows from the top, pixels from the left, a pixel's channels together, each sample in
   * little-endian order. Only who made the raster may fill it, and only before giving it out.
   */
  public byte[] samples() {
    return samples;
  }

  public int pixelBytes() {
    return channels * depth.bytes();
  }

  public int rowBytes() {
    return width * pixelBytes();
  }

  /** The rectangle that must lie inside. */
  public Raster region(int left, int top, int regionWidth, int regionHeight)
      throws HostCallException {
    if (left < 0
        || top < 0
        || (long) left + regionWidth > width
        || (long) top + regionHeight > height) {
      throw new HostCallException(
          "ValueError", "the region is not inside the image of %dx%d".formatted(width, height));
    }
    Raster region = blank(regionWidth, regionHeight, channels, depth);
    for (int y = 0; y < regionHeight; y++) {
      System.arraycopy(
          samples,
          (top + y) * rowBytes() + left * pixelBytes(),
          region.samples,
          y * region.rowBytes(),
          region.rowBytes());
    }
    return region;
  }

  /** Some of the channels, in the given order: {@code 2, 1, 0} turns BGR into RGB. */
  public Raster channels(int... chosen) throws HostCallException {
    for (int channel : chosen) {
      if (channel < 0 || channel >= channels) {
        throw new HostCallException(
            "IndexError", "channel %d of an image with %d".formatted(channel, channels));
      }
    }
    Raster result = blank(width, height, chosen.length, depth);
    int size = depth.bytes();
    int to = 0;
    for (int from = 0; from < samples.length; from += pixelBytes()) {
      for (int channel : chosen) {
        for (int b = 0; b < size; b++) {
          result.samples[to++] = samples[from + channel * size + b];
        }
      }
    }
    return result;
  }
}
