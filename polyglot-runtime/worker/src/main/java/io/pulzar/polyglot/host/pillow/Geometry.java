package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;

/** Moves pixels: cutting, turning, and any mapping of the plane that keeps lines straight. */
final class Geometry {

  private Geometry() {}

  /** A rectangle that may reach over the edges, where the result is zero. */
  static Raster crop(Raster image, int left, int top, int width, int height)
      throws HostCallException {
    Raster result = Raster.blank(width, height, image.channels(), image.depth());
    int from = Math.max(0, -left);
    int count = Math.min(width, image.width() - left) - from;
    for (int y = Math.max(0, -top); count > 0 && y < Math.min(height, image.height() - top); y++) {
      System.arraycopy(
          image.samples(),
          (top + y) * image.rowBytes() + (left + from) * image.pixelBytes(),
          result.samples(),
          y * result.rowBytes() + from * image.pixelBytes(),
          count * image.pixelBytes());
    }
    return result;
  }

  /**
   * Turns or mirrors.
   *
   * @param method Pillow's number: 0 left-right, 1 top-bottom, 2 to 4 turned left by 90, 180, 270
   *     degrees, 5 transposed, 6 transversed
   */
  static Raster transposed(Raster image, int method) throws HostCallException {
    if (method < 0 || method > 6) {
      throw new HostCallException("ValueError", "No transpose method " + method);
    }
    boolean swapped = method == 2 || method >= 4;
    int width = swapped ? image.height() : image.width();
    int height = swapped ? image.width() : image.height();
    Raster result = Raster.blank(width, height, image.channels(), image.depth());
    int pixel = image.pixelBytes();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int across = method == 0 || method == 3 ? width - 1 - x : x;
        int down = method == 1 || method == 3 ? height - 1 - y : y;
        if (swapped) {
          across = method == 2 || method == 6 ? height - 1 - y : y;
          down = method == 4 || method == 6 ? width - 1 - x : x;
        }
        System.arraycopy(
            image.samples(),
            down * image.rowBytes() + across * pixel,
            result.samples(),
            (y * width + x) * pixel,
            pixel);
      }
    }
    return result;
  }

  /**
   * Each pixel of the result taken from where the matrix says: x' = m0·x + m1·y + m2, y' = m3·x +
   * m4·y + m5. What lies outside of the image stays as in {@code background}.
   *
   * @param filter Pillow's number: 0 nearest, 2 bilinear, 3 bicubic
   */
  static Raster mapped(Raster image, Raster background, double[] m, int filter)
      throws HostCallException {
    if (filter != 0 && filter != 2 && filter != 3) {
      throw new HostCallException(
          "ValueError", "Resampling filter %d is not usable here".formatted(filter));
    }
    if (m.length != 6) {
      throw new HostCallException("ValueError", "the matrix needs 6 numbers");
    }
    int channels = image.channels();
    Raster result =
        new Raster(
            background.width(),
            background.height(),
            channels,
            image.depth(),
            background.samples().clone());
    if (filter == 0) {
      nearest(image, result, m);
      return result;
    }
    for (int y = 0; y < result.height(); y++) {
      for (int x = 0; x < result.width(); x++) {
        double fromX = m[0] * (x + 0.5) + m[1] * (y + 0.5) + m[2];
        double fromY = m[3] * (x + 0.5) + m[4] * (y + 0.5) + m[5];
        if (fromX < 0 || fromX >= image.width() || fromY < 0 || fromY >= image.height()) {
          continue;
        }
        for (int channel = 0; channel < channels; channel++) {
          result.samples()[(y * result.width() + x) * channels + channel] =
              filter == 2
                  ? bilinear(image, channel, fromX - 0.5, fromY - 0.5)
                  : bicubic(image, channel, fromX - 0.5, fromY - 0.5);
        }
      }
    }
    return result;
  }

  /** With 16 bits behind the point, as Pillow steps, so that the same pixels are hit. */
  private static void nearest(Raster image, Raster result, double[] m) {
    int startX = fixed(m[2] + m[0] * 0.5 + m[1] * 0.5);
    int startY = fixed(m[5] + m[3] * 0.5 + m[4] * 0.5);
    int pixel = image.pixelBytes();
    for (int y = 0; y < result.height(); y++) {
      int fromX = startX;
      int fromY = startY;
      for (int x = 0; x < result.width(); x++) {
        int column = fromX >> 16;
        int row = fromY >> 16;
        if (column >= 0 && column < image.width() && row >= 0 && row < image.height()) {
          System.arraycopy(
              image.samples(),
              row * image.rowBytes() + column * pixel,
              result.samples(),
              (y * result.width() + x) * pixel,
              pixel);
        }
        fromX += fixed(m[0]);
        fromY += fixed(m[3]);
      }
      startX += fixed(m[1]);
      startY += fixed(m[4]);
    }
  }

  private static int fixed(double number) {
    return (int) Math.floor(number * 65536.0 + 0.5);
  }

  private static byte bilinear(Raster image, int channel, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double upper = between(image, channel, left, top, x - left);
    double lower =
        top + 1 >= 0 && top + 1 < image.height()
            ? between(image, channel, left, top + 1, x - left)
            : upper;
    return (byte) (int) (upper + (lower - upper) * (y - top));
  }

  private static double between(Raster image, int channel, int x, int y, double share) {
    int left = sample(image, channel, x, y);
    int right = sample(image, channel, x + 1, y);
    return left + (right - left) * share;
  }

  private static byte bicubic(Raster image, int channel, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double[] rows = new double[4];
    for (int i = 0; i < 4; i++) {
      int row = top - 1 + i;
      boolean inside = row >= 0 && row < image.height();
      rows[i] =
          inside || i == 0
              ? cubic(
                  sample(image, channel, left - 1, row),
                  sample(image, channel, left, row),
                  sample(image, channel, left + 1, row),
                  sample(image, channel, left + 2, row),
                  x - left)
              : rows[i - 1];
    }
    double value = cubic(rows[0], rows[1], rows[2], rows[3], y - top);
    return (byte) (int) Math.clamp(value, 0.0, 255.0);
  }

  private static double cubic(double v1, double v2, double v3, double v4, double d) {
    double p2 = -v1 + v3;
    double p3 = 2 * (v1 - v2) + v3 - v4;
    double p4 = -v1 + v2 - v3 + v4;
    return v2 + d * (p2 + d * (p3 + d * p4));
  }

  /** The sample, or the nearest at the edge. */
  private static int sample(Raster image, int channel, int x, int y) {
    int column = Math.clamp(x, 0, image.width() - 1);
    int row = Math.clamp(y, 0, image.height() - 1);
    return image.samples()[(row * image.width() + column) * image.channels() + channel] & 0xFF;
  }
}
