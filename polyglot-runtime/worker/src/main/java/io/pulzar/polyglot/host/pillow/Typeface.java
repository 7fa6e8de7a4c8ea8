package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A TrueType font: which glyph a character has, how far it advances, and its outline. Hints are not
 * followed. Source: Apple TrueType Reference Manual, and OpenType 1.9 for {@code cmap} 12.
 */
final class Typeface {

  /** Composite glyphs may be made of composite ones, but not for ever. */
  private static final int DEEPEST = 6;

  private static final int MOST_POINTS = 20_000;

  /** A point of an outline, in the font's units; {@code on} when the curve goes through it. */
  record Point(double x, double y, boolean on) {}

  private final Map<String, ByteBuffer> tables = new HashMap<>();
  private final int unitsPerEm;
  private final boolean longOffsets;
  private final int metrics;
  private final Map<Integer, Integer> glyphs = new HashMap<>();
  private final Map<Integer, Integer> kerning = new HashMap<>();

  private Typeface(ByteBuffer file) throws HostCallException {
    int kind = file.getInt(0);
    if (kind != 0x00010000 && kind != 0x74727565) {
      throw refused(
          kind == 0x4F54544F
              ? "fonts with PostScript outlines are not supported: use a TrueType one (.ttf)"
              : "unknown file format");
    }
    int count = file.getShort(4) & 0xFFFF;
    for (int i = 0; i < count; i++) {
      int at = 12 + 16 * i;
      byte[] tag = new byte[4];
      file.get(at, tag);
      tables.put(
          new String(tag, StandardCharsets.ISO_8859_1),
          file.slice(
              file.getInt(at + 8),
              Math.min(file.getInt(at + 12), file.limit() - file.getInt(at + 8))));
    }
    unitsPerEm = Math.max(1, table("head").getShort(18) & 0xFFFF);
    longOffsets = table("head").getShort(50) != 0;
    metrics = Math.max(1, table("hhea").getShort(34) & 0xFFFF);
    readCharacters();
    readKerning();
    var _ = table("glyf");
    var _ = table("loca");
    var _ = table("hmtx");
  }

  static Typeface of(byte[] file) throws HostCallException {
    try {
      return new Typeface(ByteBuffer.wrap(file));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException cut) {
      throw refused("unknown file format");
    }
  }

  private ByteBuffer table(String name) throws HostCallException {
    ByteBuffer table = tables.get(name);
    if (table == null) {
      throw refused("the font has no table " + name);
    }
    return table;
  }

  private void readCharacters() throws HostCallException {
    ByteBuffer table = table("cmap");
    int best = -1;
    int bestRank = -1;
    for (int i = 0; i < (table.getShort(2) & 0xFFFF); i++) {
      int platform = table.getShort(4 + 8 * i);
      int encoding = table.getShort(6 + 8 * i);
      int rank = platform == 3 && encoding == 10 ? 3 : platform == 3 ? 2 : platform == 0 ? 1 : 0;
      if (rank > bestRank) {
        best = table.getInt(8 + 8 * i);
        bestRank = rank;
      }
    }
    if (best < 0) {
      return;
    }
    ByteBuffer map = table.slice(best, table.limit() - best);
    switch (map.getShort(0)) {
      case 4 -> readSegments(map);
      case 12 -> readGroups(map);
      case 6 -> {
        int first = map.getShort(6) & 0xFFFF;
        for (int i = 0; i < (map.getShort(8) & 0xFFFF); i++) {
          glyphs.put(first + i, map.getShort(10 + 2 * i) & 0xFFFF);
        }
      }
      default -> throw refused("the font's table of characters has a form that is not supported");
    }
  }

  private void readSegments(ByteBuffer map) {
    int twice = map.getShort(6) & 0xFFFF;
    for (int at = 0; at < twice; at += 2) {
      int last = map.getShort(14 + at) & 0xFFFF;
      int first = map.getShort(16 + twice + at) & 0xFFFF;
      int delta = map.getShort(16 + 2 * twice + at);
      int range = map.getShort(16 + 3 * twice + at) & 0xFFFF;
      for (int character = first; character <= last && character != 0xFFFF; character++) {
        int glyph = character;
        if (range != 0) {
          glyph = map.getShort(16 + 3 * twice + at + range + 2 * (character - first)) & 0xFFFF;
          if (glyph == 0) {
            continue;
          }
        }
        glyphs.put(character, (glyph + delta) & 0xFFFF);
      }
    }
  }

  private void readGroups(ByteBuffer map) {
    for (int i = 0; i < map.getInt(12); i++) {
      int first = map.getInt(16 + 12 * i);
      int last = Math.min(map.getInt(20 + 12 * i), first + 0xFFFF);
      for (int character = first; character <= last; character++) {
        glyphs.put(character, map.getInt(24 + 12 * i) + character - first);
      }
    }
  }

  private void readKerning() {
    ByteBuffer table = tables.get("kern");
    if (table == null || table.limit() < 18 || table.getShort(0) != 0 || table.getShort(8) != 1) {
      return;
    }
    for (int i = 0; i < (table.getShort(10) & 0xFFFF); i++) {
      kerning.put(table.getInt(18 + 6 * i), (int) table.getShort(22 + 6 * i));
    }
  }

  /**
   * How much nearer or farther than usual the second glyph is to the first, in the font's units.
   */
  int kerning(int first, int second) {
    return kerning.getOrDefault(first << 16 | second, 0);
  }

  int unitsPerEm() {
    return unitsPerEm;
  }

  int ascender() throws HostCallException {
    return table("hhea").getShort(4);
  }

  int descender() throws HostCallException {
    return table("hhea").getShort(6);
  }

  int glyph(int character) {
    return glyphs.getOrDefault(character, 0);
  }

  int advance(int glyph) throws HostCallException {
    return table("hmtx").getShort(4 * Math.min(glyph, metrics - 1)) & 0xFFFF;
  }

  /** The family or the style (name 1 or 2), empty when the font does not say. */
  String name(int wanted) {
    ByteBuffer table = tables.get("name");
    for (int i = 0; table != null && i < (table.getShort(2) & 0xFFFF); i++) {
      int at = 6 + 12 * i;
      if (table.getShort(at + 6) == wanted && table.getShort(at) == 3) {
        byte[] text = new byte[table.getShort(at + 8) & 0xFFFF];
        table.get((table.getShort(4) & 0xFFFF) + (table.getShort(at + 10) & 0xFFFF), text);
        return new String(text, StandardCharsets.UTF_16BE);
      }
    }
    return "";
  }

  /** The closed curves of a glyph. */
  List<List<Point>> outline(int glyph) throws HostCallException {
    try {
      List<List<Point>> curves = new ArrayList<>();
      addOutline(glyph, new double[] {1, 0, 0, 1, 0, 0}, curves, 0);
      return curves;
    } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
      throw refused("a glyph of the font is damaged");
    }
  }

  private void addOutline(int glyph, double[] matrix, List<List<Point>> curves, int depth)
      throws HostCallException {
    ByteBuffer loca = table("loca");
    int from = longOffsets ? loca.getInt(4 * glyph) : 2 * (loca.getShort(2 * glyph) & 0xFFFF);
    int to = longOffsets ? loca.getInt(4 * glyph + 4) : 2 * (loca.getShort(2 * glyph + 2) & 0xFFFF);
    if (from == to) {
      return;
    }
    ByteBuffer data = table("glyf").slice(from, to - from);
    int contours = data.getShort(0);
    data.position(10);
    if (contours >= 0) {
      addCurves(data, contours, matrix, curves);
    } else if (depth < DEEPEST) {
      addParts(data, matrix, curves, depth);
    }
  }

  private static void addCurves(
      ByteBuffer data, int contours, double[] matrix, List<List<Point>> curves)
      throws HostCallException {
    int[] ends = new int[contours];
    for (int i = 0; i < contours; i++) {
      ends[i] = data.getShort() & 0xFFFF;
    }
    int count = contours == 0 ? 0 : ends[contours - 1] + 1;
    if (count > MOST_POINTS) {
      throw refused("a glyph of the font has too many points");
    }
    data.position(data.position() + 2 + (data.getShort(data.position()) & 0xFFFF));
    int[] flags = new int[count];
    for (int i = 0; i < count; i++) {
      flags[i] = data.get();
      if ((flags[i] & 8) != 0) {
        int repeats = data.get() & 0xFF;
        for (int again = 0; again < repeats && i + 1 < count; again++, i++) {
          flags[i + 1] = flags[i];
        }
      }
    }
    int[] xs = coordinates(data, flags, 2, 16);
    int[] ys = coordinates(data, flags, 4, 32);
    int start = 0;
    for (int end : ends) {
      List<Point> curve = new ArrayList<>();
      for (int i = start; i <= end; i++) {
        curve.add(
            new Point(
                matrix[0] * xs[i] + matrix[2] * ys[i] + matrix[4],
                matrix[1] * xs[i] + matrix[3] * ys[i] + matrix[5],
                (flags[i] & 1) != 0));
      }
      start = end + 1;
      curves.add(curve);
    }
  }

  private static int[] coordinates(ByteBuffer data, int[] flags, int small, int same) {
    int[] values = new int[flags.length];
    int value = 0;
    for (int i = 0; i < flags.length; i++) {
      if ((flags[i] & small) != 0) {
        int step = data.get() & 0xFF;
        value += (flags[i] & same) != 0 ? step : -step;
      } else if ((flags[i] & same) == 0) {
        value += data.getShort();
      }
      values[i] = value;
    }
    return values;
  }

  private void addParts(ByteBuffer data, double[] matrix, List<List<Point>> curves, int depth)
      throws HostCallException {
    int flags;
    do {
      flags = data.getShort();
      int part = data.getShort() & 0xFFFF;
      boolean words = (flags & 1) != 0;
      double x = words ? data.getShort() : data.get();
      double y = words ? data.getShort() : data.get();
      if ((flags & 2) == 0) {
        throw refused("a glyph of the font is placed by points, which is not supported");
      }
      double[] own = {1, 0, 0, 1};
      if ((flags & 8) != 0) {
        own[0] = own[3] = fraction(data);
      } else if ((flags & 0x40) != 0) {
        own[0] = fraction(data);
        own[3] = fraction(data);
      } else if ((flags & 0x80) != 0) {
        for (int i = 0; i < 4; i++) {
          own[i] = fraction(data);
        }
      }
      double[] both = {
        matrix[0] * own[0] + matrix[2] * own[1],
        matrix[1] * own[0] + matrix[3] * own[1],
        matrix[0] * own[2] + matrix[2] * own[3],
        matrix[1] * own[2] + matrix[3] * own[3],
        matrix[0] * x + matrix[2] * y + matrix[4],
        matrix[1] * x + matrix[3] * y + matrix[5]
      };
      addOutline(part, both, curves, depth + 1);
      if (curves.size() > MOST_POINTS) {
        throw refused("a glyph of the font has too many parts");
      }
    } while ((flags & 0x20) != 0);
  }

  private static double fraction(ByteBuffer data) {
    return data.getShort() / 16384.0;
  }

  private static HostCallException refused(String message) {
    return new HostCallException("OSError", message);
  }
}
