package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of text as a mask of how much each pixel is covered.
 *
 * <p>Coverage is exact: each edge adds to a row of signed areas, and their running sum is what is
 * inside (the method of font-rs, R. Levien).
 */
final class Lettering {

  /** Lengths add up in these parts of a pixel. */
  private static final int UNITS = 64;

  private static final int STEPS = 8;
  private static final int LONGEST = 4_000;

  private final int left;
  private final int top;
  private final @Nullable Raster mask;
  private final int advance;

  private Lettering(int left, int top, @Nullable Raster mask, int advance) {
    this.left = left;
    this.top = top;
    this.mask = mask;
    this.advance = advance;
  }

  /** Left, top, the mask or null where nothing is to be seen, and the length; from the baseline. */
  List<@Nullable Object> toList() {
    return Arrays.asList(left, top, mask, (double) advance / UNITS);
  }

  static Lettering of(Typeface face, double size, String text) throws HostCallException {
    if (!(size > 0 && size <= 2_000) || text.length() > LONGEST) {
      throw new HostCallException(
          "ValueError", "text of more than %d characters or a size over 2000".formatted(LONGEST));
    }
    double scale = size / face.unitsPerEm();
    int[] glyphs = text.codePoints().map(face::glyph).toArray();
    int[] places = new int[glyphs.length];
    int advance = 0;
    Area area = new Area();
    for (int i = 0; i < glyphs.length; i++) {
      if (i > 0) {
        advance += units(face.kerning(glyphs[i - 1], glyphs[i]) * scale);
      }
      places[i] = Math.round((float) advance / UNITS);
      for (List<Typeface.Point> curve : face.outline(glyphs[i])) {
        area.measure(curve, scale, places[i]);
      }
      advance += units(face.advance(glyphs[i]) * scale);
    }
    if (area.isEmpty()) {
      return new Lettering(0, 0, null, advance);
    }
    area.allocate();
    for (int i = 0; i < glyphs.length; i++) {
      for (List<Typeface.Point> curve : face.outline(glyphs[i])) {
        area.add(curve, scale, places[i]);
      }
    }
    return new Lettering(area.left, area.top, area.mask(), advance);
  }

  private static int units(double pixels) {
    return (int) Math.rint(pixels * UNITS);
  }

  /** The signed areas of a rectangle of pixels. */
  private static final class Area {

    private double lowX = Double.MAX_VALUE;
    private double lowY = Double.MAX_VALUE;
    private double highX = -Double.MAX_VALUE;
    private double highY = -Double.MAX_VALUE;
    private int left;
    private int top;
    private int width;
    private int height;
    private float[] sums = new float[0];

    boolean isEmpty() {
      return highX < lowX;
    }

    void measure(List<Typeface.Point> curve, double scale, int shift) {
      for (Typeface.Point point : curve) {
        lowX = Math.min(lowX, point.x() * scale + shift);
        highX = Math.max(highX, point.x() * scale + shift);
        lowY = Math.min(lowY, -point.y() * scale);
        highY = Math.max(highY, -point.y() * scale);
      }
    }

    void allocate() throws HostCallException {
      left = (int) Math.floor(lowX);
      top = (int) Math.floor(lowY);
      width = (int) Math.ceil(highX) - left + 1;
      height = (int) Math.ceil(highY) - top + 1;
      Raster.requireSize(width, height);
      HeapRoom.require(4L * width * height);
      sums = new float[width * height + 1];
    }

    void add(List<Typeface.Point> curve, double scale, int shift) {
      int count = curve.size();
      if (count < 2) {
        return;
      }
      Typeface.Point first = curve.getFirst();
      Typeface.Point last = curve.getLast();
      Typeface.Point start = first.on() ? first : last.on() ? last : middle(first, last);
      Typeface.Point from = start;
      Typeface.Point control = null;
      for (int i = first.on() ? 1 : 0; i <= count; i++) {
        Typeface.Point point = i == count ? start : curve.get(i);
        boolean ends = i == count || point.on();
        if (control == null) {
          if (ends) {
            edge(from, point, scale, shift);
            from = point;
          } else {
            control = point;
          }
          continue;
        }
        Typeface.Point to = ends ? point : middle(control, point);
        bend(from, control, to, scale, shift);
        from = to;
        control = ends ? null : point;
      }
    }

    private static Typeface.Point middle(Typeface.Point a, Typeface.Point b) {
      return new Typeface.Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2, true);
    }

    private void bend(
        Typeface.Point from, Typeface.Point control, Typeface.Point to, double scale, int shift) {
      Typeface.Point before = from;
      for (int step = 1; step <= STEPS; step++) {
        double t = (double) step / STEPS;
        double u = 1 - t;
        Typeface.Point next =
            new Typeface.Point(
                u * u * from.x() + 2 * u * t * control.x() + t * t * to.x(),
                u * u * from.y() + 2 * u * t * control.y() + t * t * to.y(),
                true);
        edge(before, next, scale, shift);
        before = next;
      }
    }

    private void edge(Typeface.Point from, Typeface.Point to, double scale, int shift) {
      double x0 = from.x() * scale + shift - left;
      double y0 = -from.y() * scale - top;
      double x1 = to.x() * scale + shift - left;
      double y1 = -to.y() * scale - top;
      if (y0 == y1) {
        return;
      }
      double direction = y0 < y1 ? 1 : -1;
      if (y0 > y1) {
        double x = x0;
        double y = y0;
        x0 = x1;
        y0 = y1;
        x1 = x;
        y1 = y;
      }
      double slope = (x1 - x0) / (y1 - y0);
      double x = x0;
      for (int row = (int) y0; row < Math.min(height, (int) Math.ceil(y1)); row++) {
        double part = Math.min(row + 1, y1) - Math.max(row, y0);
        double next = x + slope * part;
        spread(row * width, Math.min(x, next), Math.max(x, next), direction * part);
        x = next;
      }
    }

    /** Adds what lies right of an edge that crosses a row between two places. */
    private void spread(int row, double low, double high, double area) {
      int first = (int) low;
      int last = (int) Math.ceil(high);
      if (last <= first + 1) {
        double middle = (low + high) / 2 - first;
        sums[row + first] += (float) (area * (1 - middle));
        sums[row + first + 1] += (float) (area * middle);
        return;
      }
      double rate = 1 / (high - low);
      double before = 0;
      for (int x = first; x < last; x++) {
        // The share of the edge that lies left of this pixel's right side, by its mean.
        double a = Math.max(low, x);
        double b = Math.min(high, x + 1);
        double covered = (b - a) * rate * (x + 1 - (a + b) / 2) + Math.max(0, a - low) * rate;
        sums[row + x] += (float) (area * (covered - before));
        before = covered;
      }
      sums[row + last] += (float) (area * (1 - before));
    }

    Raster mask() throws HostCallException {
      Raster mask = Raster.blank(width, height, 1, Raster.Depth.UINT8);
      for (int y = 0; y < height; y++) {
        float sum = 0;
        for (int x = 0; x < width; x++) {
          sum += sums[y * width + x];
          mask.samples()[y * width + x] = (byte) Math.min(255, Math.round(Math.abs(sum) * 255));
        }
      }
      return mask;
    }
  }
}
