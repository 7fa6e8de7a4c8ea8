package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;

/** Changes what the samples mean, by the formulas of Pillow. All images have 8-bit samples. */
final class Conversions {

  private Conversions() {}

  /** Brightness by ITU-R 601: 0.299 red, 0.587 green, 0.114 blue; further channels are ignored. */
  static Raster grey(Raster image) throws HostCallException {
    requireChannels(image, 3);
    Raster result = Raster.blank(image.width(), image.height(), 1, image.depth());
    byte[] from = image.samples();
    byte[] to = result.samples();
    int channels = image.channels();
    for (int i = 0, at = 0; i < to.length; i++, at += channels) {
      to[i] =
          (byte)
              (((from[at] & 0xFF) * 19595
                      + (from[at + 1] & 0xFF) * 38470
                      + (from[at + 2] & 0xFF) * 7471
                      + 0x8000)
                  >> 16);
    }
    return result;
  }

  /** Black and white of a grey image, with the error spread as Floyd and Steinberg do. */
  static Raster dither(Raster image) throws HostCallException {
    Raster result = Raster.blank(image.width(), image.height(), 1, image.depth());
    int width = image.width();
    int[] errors = new int[width + 1];
    for (int y = 0; y < image.height(); y++) {
      int right = 0;
      int below = 0;
      int belowRight = 0;
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        int value = Math.clamp((image.samples()[i] & 0xFF) + (right + errors[x + 1]) / 16, 0, 255);
        int black = value > 128 ? 255 : 0;
        result.samples()[i] = (byte) black;
        int error = value - black;
        errors[x] = 3 * error + below;
        below = 5 * error + belowRight;
        belowRight = error;
        right = 7 * error;
      }
      errors[width] = below;
    }
    return result;
  }

  /** Each sample replaced by a table's entry; one table for all channels or one for each. */
  static Raster mapped(Raster image, byte[] tables) throws HostCallException {
    boolean single = tables.length == 256;
    if (!single && tables.length != 256 * image.channels()) {
      throw new HostCallException("ValueError", "wrong number of lut entries");
    }
    Raster result = Raster.blank(image.width(), image.height(), image.channels(), image.depth());
    byte[] from = image.samples();
    byte[] to = result.samples();
    for (int i = 0; i < to.length; i++) {
      int table = single ? 0 : i % image.channels() << 8;
      to[i] = tables[table + (from[i] & 0xFF)];
    }
    return result;
  }

  /** The colours that an image of numbers stands for; a number beyond the palette is black. */
  static Raster colored(Raster numbers, byte[] palette, int channels) throws HostCallException {
    Raster result = Raster.blank(numbers.width(), numbers.height(), channels, numbers.depth());
    byte[] from = numbers.samples();
    for (int i = 0; i < from.length; i++) {
      int color = (from[i] & 0xFF) * channels;
      if (color + channels <= palette.length) {
        System.arraycopy(palette, color, result.samples(), i * channels, channels);
      } else if (channels == 4) {
        result.samples()[i * 4 + 3] = (byte) 255;
      }
    }
    return result;
  }

  /** The last channel is alpha: multiplies the others with it, or divides them by it. */
  static Raster premultiplied(Raster image, boolean forward) throws HostCallException {
    Raster result = Raster.blank(image.width(), image.height(), image.channels(), image.depth());
    byte[] from = image.samples();
    byte[] to = result.samples();
    int channels = image.channels();
    for (int at = 0; at < from.length; at += channels) {
      int alpha = from[at + channels - 1] & 0xFF;
      for (int i = at; i < at + channels - 1; i++) {
        int value = from[i] & 0xFF;
        to[i] = (byte) (forward ? share(value, alpha) : unshare(value, alpha));
      }
      to[at + channels - 1] = (byte) alpha;
    }
    return result;
  }

  /** One image over another at a place; the mask says how much of it is seen. */
  static Raster pasted(Raster below, Raster above, int left, int top, byte[] mask)
      throws HostCallException {
    if (below.channels() != above.channels()) {
      throw new HostCallException("ValueError", "images do not match");
    }
    if (mask.length > 0 && mask.length != above.width() * above.height()) {
      throw new HostCallException("ValueError", "images do not match");
    }
    Raster result =
        new Raster(
            below.width(),
            below.height(),
            below.channels(),
            below.depth(),
            below.samples().clone());
    byte[] to = result.samples();
    int channels = below.channels();
    for (int y = Math.max(0, -top); y < Math.min(above.height(), below.height() - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(above.width(), below.width() - left); x++) {
        int share = mask.length == 0 ? 255 : mask[y * above.width() + x] & 0xFF;
        int from = (y * above.width() + x) * channels;
        int at = ((top + y) * below.width() + left + x) * channels;
        for (int channel = 0; channel < channels; channel++) {
          to[at + channel] =
              (byte) blend(to[at + channel] & 0xFF, above.samples()[from + channel] & 0xFF, share);
        }
      }
    }
    return result;
  }

  static int blend(int below, int above, int share) {
    int sum = below * (255 - share) + above * share + 128;
    return ((sum >> 8) + sum) >> 8;
  }

  private static int share(int value, int alpha) {
    int product = value * alpha + 128;
    return ((product >> 8) + product) >> 8;
  }

  private static int unshare(int value, int alpha) {
    return alpha == 0 || alpha == 255 ? value : Math.min(255, 255 * value / alpha);
  }

  private static void requireChannels(Raster image, int least) throws HostCallException {
    if (image.channels() < least || image.depth() != Raster.Depth.UINT8) {
      throw new HostCallException("ValueError", "the image has no colours");
    }
  }
}
