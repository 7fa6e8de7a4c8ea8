package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the PIL stand-in asks for when a script draws, writes text or combines images. */
final class DrawingOperations {

  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private DrawingOperations() {}

  static @Nullable Object call(String operation, CallArguments a) throws HostCallException {
    return switch (operation) {
      case "combine" ->
          Combining.combined(a.text(0), narrow(a, 1), narrow(a, 2), a.number(3), a.number(4));
      case "blend" -> Combining.blended(narrow(a, 0), narrow(a, 1), a.number(2));
      case "elementwise" ->
          a.values().get(2) instanceof Raster other
              ? Elementwise.of(a.text(0), image(a, 1), other, Raster.Depth.of(a.text(3)))
              : Elementwise.of(a.text(0), image(a, 1), a.numbers(2), Raster.Depth.of(a.text(3)));
      case "over" -> Combining.over(narrow(a, 0), narrow(a, 1));
      case "font" -> Typeface.of(a.absent(0) ? builtIn() : a.bytes(0));
      case "font_facts" -> facts(face(a), a.number(1));
      case "text" -> Lettering.of(face(a), a.number(1), a.text(2)).toList();
      case "put" -> {
        put(image(a, 0), a.integer(1), a.integer(2), a.bytes(3));
        yield null;
      }
      case "draw" -> {
        draw(a.text(0), new Drawing(image(a, 1), a.bytes(2)), a);
        yield null;
      }
      default -> throw HostService.unknown("imaging", operation);
    };
  }

  private static void draw(String shape, Drawing drawing, CallArguments a)
      throws HostCallException {
    if (shape.equals("stamp")) {
      drawing.stamp(narrow(a, 3), a.integer(4), a.integer(5));
      return;
    }
    int[] xy = Drawing.checked(a.numbers(3));
    switch (shape) {
      case "points" -> drawing.points(xy);
      case "lines" -> drawing.lines(xy, a.integer(4));
      case "polygon" -> drawing.polygon(xy);
      case "rectangle" -> drawing.rectangle(xy[0], xy[1], xy[2], xy[3]);
      case "ellipse" -> drawing.ellipse(xy[0], xy[1], xy[2], xy[3], a.integer(4));
      default -> throw HostService.unknown("imaging", shape);
    }
  }

  private static void put(Raster image, int x, int y, byte[] pixel) throws HostCallException {
    if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) {
      throw new HostCallException("IndexError", "image index out of range");
    }
    new Drawing(image, pixel).points(new int[] {x, y});
  }

  /** Family, style, and how far the letters reach above and below the line. */
  private static List<Object> facts(Typeface face, double size) throws HostCallException {
    double scale = size / face.unitsPerEm();
    return List.of(
        face.name(1),
        face.name(2),
        (int) Math.ceil(face.ascender() * scale),
        (int) Math.ceil(-face.descender() * scale));
  }

  private static byte[] builtIn() throws HostCallException {
    try (InputStream font = DrawingOperations.class.getResourceAsStream(FONT)) {
      if (font == null) {
        throw new HostCallException("OSError", "the built-in font is not there");
      }
      return font.readAllBytes();
    } catch (IOException unreadable) {
      throw new HostCallException("OSError", "the built-in font cannot be read");
    }
  }

  private static Typeface face(CallArguments a) throws HostCallException {
    return a.as(Typeface.class, 0, "a font");
  }

  private static Raster image(CallArguments a, int position) throws HostCallException {
    return a.as(Raster.class, position, "an image");
  }

  private static Raster narrow(CallArguments a, int position) throws HostCallException {
    Raster image = image(a, position);
    if (image.depth() != Raster.Depth.UINT8) {
      throw new HostCallException("ValueError", "image has wrong mode");
    }
    return image;
  }
}
