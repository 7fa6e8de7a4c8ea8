package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;

/** Makes one image of two, sample by sample, by the formulas that Pillow documents. */
final class Combining {

  private Combining() {}

  /** What becomes of two samples of 0 to 255; the result is cut to that range. */
  @FunctionalInterface
  private interface Formula {
    int of(int a, int b);
  }

  /**
   * The two images combined; the result has the size that both share.
   *
   * @param scale and {@code offset} are for sums and differences
   */
  static Raster combined(String name, Raster a, Raster b, double scale, double offset)
      throws HostCallException {
    if (a.channels() != b.channels()) {
      throw new HostCallException("ValueError", "images do not match");
    }
    Formula formula = formula(name, (float) scale, (int) offset);
    int width = Math.min(a.width(), b.width());
    int height = Math.min(a.height(), b.height());
    Raster result = Raster.blank(width, height, a.channels(), Raster.Depth.UINT8);
    byte[] to = result.samples();
    int at = 0;
    for (int y = 0; y < height; y++) {
      int fromA = y * a.rowBytes();
      int fromB = y * b.rowBytes();
      for (int i = 0; i < result.rowBytes(); i++) {
        int value = formula.of(a.samples()[fromA + i] & 0xFF, b.samples()[fromB + i] & 0xFF);
        to[at++] = (byte) Math.clamp(value, 0, 255);
      }
    }
    return result;
  }

  private static Formula formula(String name, float scale, int offset) throws HostCallException {
    return switch (name) {
      case "add" -> (a, b) -> (int) ((a + b) / scale + offset);
      case "subtract" -> (a, b) -> (int) ((a - b) / scale + offset);
      case "add_modulo" -> (a, b) -> (a + b) & 0xFF;
      case "subtract_modulo" -> (a, b) -> (a - b) & 0xFF;
      case "multiply" -> (a, b) -> a * b / 255;
      case "screen" -> (a, b) -> 255 - (255 - a) * (255 - b) / 255;
      case "difference" -> (a, b) -> Math.abs(a - b);
      case "lighter" -> Math::max;
      case "darker" -> Math::min;
      case "overlay" -> (a, b) -> hard(b, a);
      case "hard_light" -> Combining::hard;
      case "soft_light" ->
          (a, b) -> ((255 - a) * (a * b)) / 65536 + a * (255 - (255 - a) * (255 - b) / 255) / 255;
      case "and" -> (a, b) -> a != 0 && b != 0 ? 255 : 0;
      case "or" -> (a, b) -> a != 0 || b != 0 ? 255 : 0;
      case "xor" -> (a, b) -> (a != 0) != (b != 0) ? 255 : 0;
      default -> throw new HostCallException("ValueError", "images cannot be combined by " + name);
    };
  }

  private static int hard(int a, int b) {
    return b < 128 ? a * b / 127 : 255 - (255 - b) * (255 - a) / 127;
  }

  /** {@code a * (1 - alpha) + b * alpha}, also beyond 0 and 1. */
  static Raster blended(Raster a, Raster b, double alpha) throws HostCallException {
    if (a.channels() != b.channels() || a.width() != b.width() || a.height() != b.height()) {
      throw new HostCallException("ValueError", "images do not match");
    }
    Raster result = Raster.blank(a.width(), a.height(), a.channels(), Raster.Depth.UINT8);
    float share = (float) alpha;
    for (int i = 0; i < result.samples().length; i++) {
      int below = a.samples()[i] & 0xFF;
      float value = below + share * ((b.samples()[i] & 0xFF) - below);
      result.samples()[i] = (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
    }
    return result;
  }

  /** An image with alpha over another. */
  static Raster over(Raster below, Raster above) throws HostCallException {
    if (below.channels() != 4
        || above.channels() != 4
        || below.width() != above.width()
        || below.height() != above.height()) {
      throw new HostCallException("ValueError", "images do not match");
    }
    Raster result = Raster.blank(below.width(), below.height(), 4, Raster.Depth.UINT8);
    byte[] to = result.samples();
    for (int at = 0; at < to.length; at += 4) {
      int alpha = above.samples()[at + 3] & 0xFF;
      if (alpha == 0) {
        System.arraycopy(below.samples(), at, to, at, 4);
        continue;
      }
      // Fixed point with seven bits more than a sample has, so that the roundings are Pillow's.
      int rest = (below.samples()[at + 3] & 0xFF) * (255 - alpha);
      int whole = alpha * 255 + rest;
      int share = alpha * 255 * 255 * 128 / whole;
      int other = 255 * 128 - share;
      for (int i = at; i < at + 3; i++) {
        int sum = (above.samples()[i] & 0xFF) * share + (below.samples()[i] & 0xFF) * other;
        to[i] = (byte) (divided(sum + (0x80 << 7)) >> 7);
      }
      to[at + 3] = (byte) divided(whole + 0x80);
    }
    return result;
  }

  /** Nearly a division by 255. */
  private static int divided(int value) {
    return ((value >> 8) + value) >> 8;
  }
}
