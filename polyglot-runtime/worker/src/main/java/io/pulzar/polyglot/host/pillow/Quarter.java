package io.pulzar.polyglot.host.pillow;

import java.util.Arrays;

/**
 * The outline of a quarter of an ellipse in steps of whole pixels: at each step the neighbour that
 * is nearest to the curve. Lengths are doubled, so that the middle may lie between pixels.
 */
final class Quarter {

  private Quarter() {}

  /** For each row, by its doubled distance from the middle, the outline's pixel farthest out. */
  static int[] farthest(int width, int height) {
    return outline(width, height, true);
  }

  /** The same for the pixel nearest to the middle. */
  static int[] nearest(int width, int height) {
    return outline(width, height, false);
  }

  private static int[] outline(int width, int height, boolean outer) {
    int[] rows = new int[height + 1];
    Arrays.fill(rows, -1);
    int x = width;
    int y = height % 2;
    while (true) {
      if (!outer || rows[y] < 0) {
        rows[y] = x;
      }
      if (x <= width % 2 && y >= height) {
        return rows;
      }
      int nextX = x;
      int nextY = y + 2;
      if (x > 1) {
        if (distance(width, height, x - 2, y + 2) < distance(width, height, nextX, nextY)) {
          nextX = x - 2;
        }
        if (distance(width, height, x - 2, y) < distance(width, height, nextX, nextY)) {
          nextX = x - 2;
          nextY = y;
        }
      }
      if (nextY > height) {
        // The last row is drawn to the middle.
        nextX = Math.max(x - 2, width % 2);
        nextY = y;
        if (x == nextX) {
          return rows;
        }
      }
      x = nextX;
      y = nextY;
    }
  }

  private static double distance(double width, double height, double x, double y) {
    return Math.abs(
        width * width * y * y + height * height * x * x - width * width * height * height);
  }
}
