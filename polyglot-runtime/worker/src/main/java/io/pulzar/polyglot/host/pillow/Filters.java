package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.util.Arrays;

/** Replaces each sample by something made of its neighbours. All images have 8-bit samples. */
final class Filters {

  private static final int LARGEST_RANK_WINDOW = 51;
  private static final double LARGEST_RADIUS = 1_000;

  private Filters() {}

  /**
   * A weighted sum of 3×3 or 5×5 neighbours. Pixels at the edges stay.
   *
   * @param weights by rows from the bottom, already divided by the scale
   */
  static Raster weighted(Raster image, double[] weights, double offset) throws HostCallException {
    int size = (int) Math.sqrt(weights.length);
    if (size * size != weights.length || (size != 3 && size != 5)) {
      throw new HostCallException("ValueError", "bad kernel size");
    }
    int reach = size / 2;
    Raster result = copy(image);
    int channels = image.channels();
    for (int y = reach; y < image.height() - reach; y++) {
      for (int i = reach * channels; i < (image.width() - reach) * channels; i++) {
        // Single precision and this order, because Pillow's roundings are wanted.
        float sum = (float) offset + 0.5f;
        for (int row = 0; row < size; row++) {
          float part = 0;
          int at = (y + reach - row) * image.rowBytes() + i - reach * channels;
          for (int column = 0; column < size; column++, at += channels) {
            part += (image.samples()[at] & 0xFF) * (float) weights[row * size + column];
          }
          sum += part;
        }
        result.samples()[y * image.rowBytes() + i] = (byte) (int) Math.clamp(sum, 0f, 255f);
      }
    }
    return result;
  }

  /** The sample with a rank among its size × size neighbours, those beyond the edge repeated. */
  static Raster ranked(Raster image, int size, int rank) throws HostCallException {
    if (size % 2 == 0 || size < 1 || size > LARGEST_RANK_WINDOW) {
      throw new HostCallException("ValueError", "bad filter size");
    }
    if (rank < 0 || rank >= size * size) {
      throw new HostCallException("ValueError", "bad rank value");
    }
    Raster result = copy(image);
    int reach = size / 2;
    int channels = image.channels();
    byte[] from = image.samples();
    int[] histogram = new int[256];
    for (int y = 0; y < image.height(); y++) {
      for (int i = 0; i < image.rowBytes(); i++) {
        int x = i / channels;
        Arrays.fill(histogram, 0);
        for (int row = y - reach; row <= y + reach; row++) {
          int start = Math.clamp(row, 0, image.height() - 1) * image.rowBytes() + i % channels;
          for (int column = x - reach; column <= x + reach; column++) {
            histogram[from[start + Math.clamp(column, 0, image.width() - 1) * channels] & 0xFF]++;
          }
        }
        int value = 0;
        for (int seen = histogram[0]; seen <= rank; seen += histogram[value]) {
          value++;
        }
        result.samples()[y * image.rowBytes() + i] = (byte) value;
      }
    }
    return result;
  }

  /**
   * A Gaussian blur as three box blurs of a fractional radius.
   *
   * <p>Source: Gwosdek and others, "Theoretical Foundations of Gaussian Convolution by Extended Box
   * Filtering", 2011.
   */
  static Raster gaussian(Raster image, double radius) throws HostCallException {
    int passes = 3;
    float sigma = (float) radius;
    float variance = sigma * sigma / passes;
    float length = (float) Math.sqrt(12.0 * variance + 1.0);
    float whole = (float) Math.floor((length - 1.0) / 2.0);
    float rest = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
    rest /= 6 * (variance - (whole + 1) * (whole + 1));
    return box(image, whole + rest, passes);
  }

  /** The mean of the pixels within a radius that may be fractional, several times. */
  static Raster box(Raster image, double radius, int passes) throws HostCallException {
    if (radius < 0 || radius > LARGEST_RADIUS) {
      throw new HostCallException("ValueError", "radius must be between 0 and " + LARGEST_RADIUS);
    }
    Raster result = copy(image);
    if (radius == 0) {
      return result;
    }
    int channels = image.channels();
    for (int pass = 0; pass < passes; pass++) {
      for (int y = 0; y < image.height(); y++) {
        for (int channel = 0; channel < channels; channel++) {
          line(result, y * image.rowBytes() + channel, channels, image.width(), (float) radius);
        }
      }
    }
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < image.rowBytes(); i++) {
        line(result, i, image.rowBytes(), image.height(), (float) radius);
      }
    }
    return result;
  }

  /** Blurs one row or column in place; whole pixels weigh alike, the two outermost the fraction. */
  private static void line(Raster image, int start, int step, int count, float radius) {
    byte[] samples = image.samples();
    int[] line = new int[count];
    for (int i = 0; i < count; i++) {
      line[i] = samples[start + i * step] & 0xFF;
    }
    int reach = (int) radius;
    long weight = (long) ((1 << 24) / (radius * 2 + 1));
    long edge = ((1 << 24) - (reach * 2L + 1) * weight) / 2;
    long sum = 0;
    for (int i = -reach; i <= reach; i++) {
      sum += line[Math.clamp(i, 0, count - 1)];
    }
    for (int i = 0; i < count; i++) {
      int outer = line[Math.max(0, i - reach - 1)] + line[Math.min(count - 1, i + reach + 1)];
      samples[start + i * step] = (byte) ((sum * weight + outer * edge + (1 << 23)) >> 24);
      sum -= line[Math.clamp(i - reach, 0, count - 1)];
      sum += line[Math.clamp(i + reach + 1, 0, count - 1)];
    }
  }

  private static Raster copy(Raster image) throws HostCallException {
    if (image.depth() != Raster.Depth.UINT8) {
      throw new HostCallException("ValueError", "image has wrong mode");
    }
    Raster copy = Raster.blank(image.width(), image.height(), image.channels(), image.depth());
    System.arraycopy(image.samples(), 0, copy.samples(), 0, copy.samples().length);
    return copy;
  }
}
