package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Resizing by separable convolution.
 *
 * <p>Each sample of the result is a weighted sum of the source's samples below the filter, which is
 * stretched when the image shrinks. The weights are fixed-point numbers with {@value
 * #PRECISION_BITS} bits, first along rows and then along columns, with rounding in between: so the
 * results are Pillow's. Cost: width × height × the filter's width.
 */
final class Resampling {

  private static final int PRECISION_BITS = 32 - 8 - 2;

  /** A filter under Pillow's number: how far it reaches, and what it weighs at a distance. */
  private record Filter(int number, double support, DoubleUnaryOperator weight) {}

  private static final List<Filter> FILTERS =
      List.of(
          new Filter(4, 0.5, x -> x > -0.5 && x <= 0.5 ? 1 : 0),
          new Filter(2, 1, x -> Math.max(0, 1 - Math.abs(x))),
          new Filter(5, 1, Resampling::hamming),
          new Filter(3, 2, Resampling::bicubic),
          new Filter(1, 3, x -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0));

  /** What one sample of the result is made of: source samples in a row, and their weights. */
  private static final class Window {

    private final int start;
    private final int[] weights;

    Window(int start, int[] weights) {
      this.start = start;
      this.weights = weights;
    }
  }

  private Resampling() {}

  /**
   * Resizes a region of the image.
   *
   * @param box left, top, right and bottom, which may lie between pixels
   * @param filter Pillow's number of the filter, 0 for the nearest pixel
   */
  static Raster resize(Raster image, int width, int height, double[] box, int filter)
      throws HostCallException {
    if (image.depth() != Raster.Depth.UINT8) {
      throw new HostCallException(
          "NotImplementedError", "images of %s can't be resized".formatted(image.depth().dtype()));
    }
    Raster.requireSize(width, height);
    if (box.length != 4
        || box[0] < 0
        || box[1] < 0
        || box[2] > image.width()
        || box[3] > image.height()
        || box[2] <= box[0]
        || box[3] <= box[1]) {
      throw new HostCallException("ValueError", "Box can't exceed original image size");
    }
    if (filter == 0) {
      return nearest(image, width, height, box);
    }
    for (Filter known : FILTERS) {
      if (known.number == filter) {
        Raster narrow = image;
        if (width != image.width() || box[0] != 0 || box[2] != width) {
          narrow = alongRows(image, width, windows(known, image.width(), box[0], box[2], width));
        }
        if (height != image.height() || box[1] != 0 || box[3] != height) {
          return alongColumns(
              narrow, height, windows(known, image.height(), box[1], box[3], height));
        }
        return narrow;
      }
    }
    throw new HostCallException("ValueError", "Unknown resampling filter (%d)".formatted(filter));
  }

  /** Averages blocks of pixels; those at the right and the bottom may be smaller. */
  static Raster reduce(Raster image, int factorX, int factorY) throws HostCallException {
    int channels = image.channels();
    Raster result =
        Raster.blank(
            (image.width() + factorX - 1) / factorX,
            (image.height() + factorY - 1) / factorY,
            channels,
            image.depth());
    for (int y = 0; y < result.height(); y++) {
      int bottom = Math.min(image.height(), (y + 1) * factorY);
      for (int x = 0; x < result.width(); x++) {
        int right = Math.min(image.width(), (x + 1) * factorX);
        long pixels = (long) (bottom - y * factorY) * (right - x * factorX);
        long multiplier = (1L << 24) / pixels;
        for (int channel = 0; channel < channels; channel++) {
          long sum = pixels / 2;
          for (int from = y * factorY; from < bottom; from++) {
            for (int column = x * factorX; column < right; column++) {
              sum += image.samples()[(from * image.width() + column) * channels + channel] & 0xFF;
            }
          }
          result.samples()[(y * result.width() + x) * channels + channel] =
              (byte) ((sum * multiplier) >> 24);
        }
      }
    }
    return result;
  }

  private static Raster nearest(Raster image, int width, int height, double[] box)
      throws HostCallException {
    int[] columns = nearest(box[0], (box[2] - box[0]) / width, width, image.width());
    int[] rows = nearest(box[1], (box[3] - box[1]) / height, height, image.height());
    Raster result = Raster.blank(width, height, image.channels(), image.depth());
    int pixel = image.pixelBytes();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(
            image.samples(),
            rows[y] * image.rowBytes() + columns[x] * pixel,
            result.samples(),
            y * result.rowBytes() + x * pixel,
            pixel);
      }
    }
    return result;
  }

  private static int[] nearest(double start, double step, int count, int limit) {
    int[] sources = new int[count];
    // The steps are added up, not multiplied, so that rounding falls where Pillow's does.
    double at = start + step * 0.5;
    for (int i = 0; i < count; i++) {
      sources[i] = Math.clamp((int) at, 0, limit - 1);
      at += step;
    }
    return sources;
  }

  private static Raster alongRows(Raster image, int width, Window[] windows)
      throws HostCallException {
    int channels = image.channels();
    Raster result = Raster.blank(width, image.height(), channels, image.depth());
    byte[] from = image.samples();
    byte[] to = result.samples();
    int at = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.rowBytes();
      for (int x = 0; x < width; x++) {
        int start = row + windows[x].start * channels;
        for (int channel = 0; channel < channels; channel++) {
          to[at++] = weigh(from, start + channel, channels, windows[x].weights);
        }
      }
    }
    return result;
  }

  private static Raster alongColumns(Raster image, int height, Window[] windows)
      throws HostCallException {
    Raster result = Raster.blank(image.width(), height, image.channels(), image.depth());
    byte[] from = image.samples();
    byte[] to = result.samples();
    int rowBytes = image.rowBytes();
    int at = 0;
    for (int y = 0; y < height; y++) {
      int start = windows[y].start * rowBytes;
      for (int i = 0; i < rowBytes; i++) {
        to[at++] = weigh(from, start + i, rowBytes, windows[y].weights);
      }
    }
    return result;
  }

  private static byte weigh(byte[] from, int start, int step, int[] weights) {
    int sum = 1 << (PRECISION_BITS - 1);
    for (int i = 0, at = start; i < weights.length; i++, at += step) {
      sum += (from[at] & 0xFF) * weights[i];
    }
    return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
  }

  private static Window[] windows(Filter filter, int size, double from, double to, int results) {
    double scale = (to - from) / results;
    double stretch = Math.max(1, scale);
    double support = filter.support * stretch;
    Window[] windows = new Window[results];
    for (int i = 0; i < results; i++) {
      double center = from + (i + 0.5) * scale;
      int start = Math.max(0, (int) (center - support + 0.5));
      double[] exact = new double[Math.min(size, (int) (center + support + 0.5)) - start];
      double sum = 0;
      for (int k = 0; k < exact.length; k++) {
        exact[k] = filter.weight.applyAsDouble((k + start - center + 0.5) * (1 / stretch));
        sum += exact[k];
      }
      int[] fixed = new int[exact.length];
      for (int k = 0; k < fixed.length; k++) {
        double share = sum == 0 ? exact[k] : exact[k] / sum;
        fixed[k] = (int) (share * (1 << PRECISION_BITS) + (share < 0 ? -0.5 : 0.5));
      }
      windows[i] = new Window(start, fixed);
    }
    return windows;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }

  private static double hamming(double x) {
    double distance = Math.abs(x);
    if (distance >= 1) {
      return 0;
    }
    return sinc(distance) * (0.54 + 0.46 * Math.cos(distance * Math.PI));
  }

  private static double bicubic(double x) {
    double a = -0.5;
    double d = Math.abs(x);
    if (d < 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
  }
}
