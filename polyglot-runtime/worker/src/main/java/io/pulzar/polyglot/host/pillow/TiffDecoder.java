package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first page of a TIFF with the reader of the JDK, which gives the samples as they are in
 * the file. OpenCV multiplies colours with their alpha, and knows neither palettes nor single bits.
 */
final class TiffDecoder {

  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int INKS = 5;
  private static final int LAB = 8;

  private final ImageHeader header;
  private final int photometric;

  private TiffDecoder(ImageHeader header, int photometric) {
    this.header = header;
    this.photometric = photometric;
  }

  /** Empty for what the JDK does not read, or not in eight or one bit: OpenCV may. */
  static Optional<Picture> decode(byte[] encoded, ImageHeader header) throws HostCallException {
    int photometric = ImageHeader.photometric(encoded);
    if (photometric == LAB) {
      throw new HostCallException(
          "NotImplementedError", "a TIFF in CIELab colours is not read; convert it to RGB");
    }
    HeapRoom.require(8L * header.width() * header.height());
    BufferedImage image = read(encoded);
    return image == null
            || image.getWidth() != header.width()
            || image.getHeight() != header.height()
        ? Optional.empty()
        : new TiffDecoder(header, photometric).picture(image);
  }

  private static @Nullable BufferedImage read(byte[] encoded) {
    ImageReader reader = reader();
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(input, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException unread) {
      // What it does not support and what is damaged look alike here: OpenCV has the last word.
      return null;
    } finally {
      reader.dispose();
    }
  }

  /** Another library on the class path brings one too. */
  private static ImageReader reader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("tiff");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
    }
    throw new IllegalStateException("every JDK reads TIFF");
  }

  private Optional<Picture> picture(BufferedImage image) throws HostCallException {
    int bands = image.getRaster().getNumBands();
    return switch (image.getRaster().getTransferType()) {
      case DataBuffer.TYPE_BYTE ->
          Optional.ofNullable(
              image.getColorModel() instanceof IndexColorModel colors
                  ? indexed(image, colors)
                  : ofBytes(image, bands));
      case DataBuffer.TYPE_INT -> bands == 1 ? Optional.of(numbers(image)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private @Nullable Picture indexed(BufferedImage image, IndexColorModel colors)
      throws HostCallException {
    Raster raster = samples(image, 1);
    if (photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO) {
      byte[] samples = raster.samples();
      for (int at = 0; at < samples.length; at++) {
        samples[at] = (byte) colors.getRed(samples[at] & 0xFF);
      }
      return new Picture(colors.getMapSize() == 2 ? "1" : "L", raster, null, null, 0);
    }
    byte[] palette = new byte[3 * colors.getMapSize()];
    for (int color = 0; color < colors.getMapSize(); color++) {
      palette[3 * color] = (byte) colors.getRed(color);
      palette[3 * color + 1] = (byte) colors.getGreen(color);
      palette[3 * color + 2] = (byte) colors.getBlue(color);
    }
    return new Picture("P", raster, palette, null, 0);
  }

  private @Nullable Picture ofBytes(BufferedImage image, int bands) throws HostCallException {
    if (bands == 4 && photometric == INKS) {
      return new Picture("RGB", colors(samples(image, 4)), null, null, 0);
    }
    if (image.isAlphaPremultiplied()) {
      image.coerceData(false);
    }
    String mode =
        switch (bands) {
          case 1 -> "L";
          case 2 -> "LA";
          case 3 -> "RGB";
          case 4 -> "RGBA";
          default -> "";
        };
    return mode.isEmpty() ? null : new Picture(mode, samples(image, bands), null, null, 0);
  }

  private Raster samples(BufferedImage image, int bands) throws HostCallException {
    Raster raster = Raster.blank(header.width(), header.height(), bands, Raster.Depth.UINT8);
    int[] row = new int[header.width() * bands];
    for (int y = 0, at = 0; y < header.height(); y++) {
      image.getRaster().getPixels(0, y, header.width(), 1, row);
      for (int sample : row) {
        raster.samples()[at++] = (byte) sample;
      }
    }
    return raster;
  }

  private Picture numbers(BufferedImage image) throws HostCallException {
    Raster raster = Raster.blank(header.width(), header.height(), 1, Raster.Depth.INT32);
    ByteBuffer samples = ByteBuffer.wrap(raster.samples()).order(ByteOrder.LITTLE_ENDIAN);
    int[] row = new int[header.width()];
    for (int y = 0; y < header.height(); y++) {
      image.getRaster().getPixels(0, y, header.width(), 1, row);
      for (int sample : row) {
        samples.putInt(sample);
      }
    }
    return new Picture("I", raster, null, null, 0);
  }

  /** Cyan, magenta, yellow and black as red, green and blue, without a profile, as Pillow does. */
  private static Raster colors(Raster inks) throws HostCallException {
    Raster colors = Raster.blank(inks.width(), inks.height(), 3, Raster.Depth.UINT8);
    byte[] from = inks.samples();
    byte[] to = colors.samples();
    for (int pixel = 0; pixel < to.length / 3; pixel++) {
      int light = 255 - (from[4 * pixel + 3] & 0xFF);
      for (int ink = 0; ink < 3; ink++) {
        int taken = (from[4 * pixel + ink] & 0xFF) * light + 128;
        to[3 * pixel + ink] = (byte) (light - ((taken + (taken >> 8)) >> 8));
      }
    }
    return colors;
  }
}
