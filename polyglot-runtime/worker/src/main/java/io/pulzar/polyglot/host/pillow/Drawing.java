package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.util.Arrays;

/**
 * Draws into an image that its caller alone holds. A shape may lie outside of the image, in part or
 * whole.
 */
final class Drawing {

  /** Beyond this a coordinate is of no use, and arithmetic with it would overflow. */
  private static final int FARTHEST = 1 << 20;

  private final Raster image;
  private final byte[] ink;

  /**
   * @param ink the bytes of one pixel
   */
  Drawing(Raster image, byte[] ink) throws HostCallException {
    if (ink.length != image.pixelBytes()) {
      throw new HostCallException("TypeError", "color must be int or tuple");
    }
    this.image = image;
    this.ink = ink;
  }

  static int[] checked(double[] coordinates) throws HostCallException {
    int[] whole = new int[coordinates.length];
    for (int i = 0; i < whole.length; i++) {
      if (!(Math.abs(coordinates[i]) <= FARTHEST)) {
        throw new HostCallException(
            "ValueError", "coordinates over %d are not supported".formatted(FARTHEST));
      }
      whole[i] = (int) coordinates[i];
    }
    return whole;
  }

  void points(int[] xy) {
    for (int i = 0; i + 1 < xy.length; i += 2) {
      point(xy[i], xy[i + 1]);
    }
  }

  private void point(int x, int y) {
    if (x >= 0 && y >= 0 && x < image.width() && y < image.height()) {
      System.arraycopy(ink, 0, image.samples(), y * image.rowBytes() + x * ink.length, ink.length);
    }
  }

  /** The pixels from {@code left} to {@code right}, both included. */
  private void row(int left, int y, int right) {
    if (y < 0 || y >= image.height()) {
      return;
    }
    int from = Math.max(left, 0);
    int to = Math.min(right, image.width() - 1);
    int at = y * image.rowBytes() + from * ink.length;
    if (ink.length == 1) {
      if (from <= to) {
        Arrays.fill(image.samples(), at, at + to - from + 1, ink[0]);
      }
      return;
    }
    for (int x = from; x <= to; x++, at += ink.length) {
      System.arraycopy(ink, 0, image.samples(), at, ink.length);
    }
  }

  void rectangle(int left, int top, int right, int bottom) {
    for (int y = Math.max(top, 0); y <= Math.min(bottom, image.height() - 1); y++) {
      row(left, y, right);
    }
  }

  /** Lines from point to point; the thin ones by Bresenham. */
  void lines(int[] xy, int width) {
    if (xy.length == 2) {
      point(xy[0], xy[1]);
    }
    for (int i = 0; i + 3 < xy.length; i += 2) {
      if (width <= 1) {
        thin(xy[i], xy[i + 1], xy[i + 2], xy[i + 3]);
      } else {
        wide(xy[i], xy[i + 1], xy[i + 2], xy[i + 3], width);
      }
    }
  }

  private void thin(int fromX, int fromY, int toX, int toY) {
    int dx = Math.abs(toX - fromX);
    int dy = Math.abs(toY - fromY);
    int stepX = toX < fromX ? -1 : 1;
    int stepY = toY < fromY ? -1 : 1;
    boolean flat = dx > dy;
    int longer = Math.max(dx, dy);
    int shorter = Math.min(dx, dy);
    int error = 2 * shorter - longer;
    int x = fromX;
    int y = fromY;
    for (int i = 0; i < longer; i++) {
      point(x, y);
      if (error >= 0 && shorter > 0) {
        x += flat ? 0 : stepX;
        y += flat ? stepY : 0;
        error -= 2 * longer;
      }
      error += 2 * shorter;
      x += flat ? stepX : 0;
      y += flat ? 0 : stepY;
    }
    point(toX, toY);
  }

  private void wide(int fromX, int fromY, int toX, int toY, int width) {
    int dx = toX - fromX;
    int dy = toY - fromY;
    if (dx == 0 && dy == 0) {
      point(fromX, fromY);
      return;
    }
    double length = Math.hypot(dx, dy);
    double half = (width - 1) / 2.0;
    double most = up(half) / length;
    double least = down(half) / length;
    int leastX = down(least * dy);
    int mostX = down(most * dy);
    int leastY = up(least * dx);
    int mostY = up(most * dx);
    polygon(
        new int[] {
          fromX - leastX,
          fromY + mostY,
          toX - leastX,
          toY + mostY,
          toX + mostX,
          toY - leastY,
          fromX + mostX,
          fromY - leastY
        });
  }

  /** The inside and the edge of a polygon, by the rule that counts crossings. */
  void polygon(int[] xy) {
    int corners = xy.length / 2;
    int top = Integer.MAX_VALUE;
    int bottom = Integer.MIN_VALUE;
    for (int i = 1; i < xy.length; i += 2) {
      top = Math.min(top, xy[i]);
      bottom = Math.max(bottom, xy[i]);
    }
    double[] crossings = new double[2 * corners];
    for (int y = Math.max(top, 0); y <= Math.min(bottom, image.height() - 1); y++) {
      int count = 0;
      for (int corner = 0; corner < corners; corner++) {
        int x0 = xy[2 * corner];
        int y0 = xy[2 * corner + 1];
        int next = (corner + 1) % corners;
        int x1 = xy[2 * next];
        int y1 = xy[2 * next + 1];
        if (y0 == y1) {
          if (y == y0) {
            row(Math.min(x0, x1), y, Math.max(x0, x1));
          }
        } else if (y >= Math.min(y0, y1) && y <= Math.max(y0, y1)) {
          float slope = (float) (x1 - x0) / (y1 - y0);
          crossings[count++] = (float) (y - y0) * slope + x0;
          // Where an edge ends and the polygon goes on, the corner counts for both of its edges.
          if (y == Math.max(y0, y1) && y < bottom) {
            crossings[count] = crossings[count - 1];
            count++;
          }
        }
      }
      Arrays.sort(crossings, 0, count);
      for (int i = 1; i < count; i += 2) {
        row(up(crossings[i - 1]), y, down(crossings[i]));
      }
    }
  }

  /** An ellipse in a box whose edges belong to it: its ring of a width, or all of it. */
  void ellipse(int left, int top, int right, int bottom, int width) {
    int across = right - left;
    int down = bottom - top;
    if (across < 0 || down < 0) {
      return;
    }
    int[] outer = Quarter.farthest(across, down);
    boolean full = width <= 0 || 2 * width > Math.min(across, down);
    int innerAcross = across - 2 * (width - 1);
    int innerDown = down - 2 * (width - 1);
    int[] inner = full ? new int[0] : Quarter.nearest(innerAcross, innerDown);
    for (int cy = down % 2; cy <= down; cy += 2) {
      int x = outer[cy];
      int hole = !full && cy <= innerDown ? inner[cy] : across % 2;
      for (int sign = cy == 0 ? 1 : -1; sign <= 1; sign += 2) {
        int y = top + (sign * cy + down) / 2;
        row(left + (across - x) / 2, y, left + (across - hole) / 2);
        row(left + (across + hole) / 2, y, left + (across + x) / 2);
      }
    }
  }

  /** The ink laid over a part of the image as far as a mask of one channel says. */
  void stamp(Raster mask, int left, int top) {
    byte[] to = image.samples();
    for (int y = Math.max(0, -top); y < Math.min(mask.height(), image.height() - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(mask.width(), image.width() - left); x++) {
        int share = mask.samples()[y * mask.width() + x] & 0xFF;
        int at = (top + y) * image.rowBytes() + (left + x) * ink.length;
        for (int i = 0; share > 0 && i < ink.length; i++) {
          to[at + i] = (byte) Conversions.blend(to[at + i] & 0xFF, ink[i] & 0xFF, share);
        }
      }
    }
  }

  /** To the nearest whole number; halves away from zero. */
  private static int up(double value) {
    return (int) (value >= 0 ? Math.floor(value + 0.5) : -Math.floor(Math.abs(value) + 0.5));
  }

  /** To the nearest whole number; halves towards zero. */
  private static int down(double value) {
    return (int) (value >= 0 ? Math.ceil(value - 0.5) : -Math.ceil(Math.abs(value) - 0.5));
  }
}
