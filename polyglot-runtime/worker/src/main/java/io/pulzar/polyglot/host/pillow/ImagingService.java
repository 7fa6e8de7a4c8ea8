package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HeapRoom;
import io.pulzar.polyglot.host.HostService;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images for the PIL stand-in, and what the arrays of cv2 need beside OpenCV. */
public final class ImagingService implements HostService {

  @Override
  public @Nullable Object call(String operation, CallArguments a) throws HostCallException {
    return switch (operation) {
      case "header" -> header(a.bytes(0));
      case "decode" -> decode(a.bytes(0));
      case "png" -> PngEncoder.encode(image(a, 0), optional(a, 1), optional(a, 2), a.integer(3));
      case "new" -> filled(a.integer(0), a.integer(1), a.text(2), a.numbers(3));
      case "of_bytes" ->
          ofBytes(a.integer(0), a.integer(1), a.integer(2), Raster.Depth.of(a.text(3)), a.bytes(4));
      case "to_bytes" -> bytes(image(a, 0));
      case "shape" -> shape(image(a, 0));
      case "samples" -> samples(image(a, 0), a.integer(1), a.integer(2), a.integer(3));
      case "with_sample" -> withSamples(image(a, 0), a.integer(1), a.integer(2), a.integers(3));
      case "region" -> image(a, 0).region(a.integer(1), a.integer(2), a.integer(3), a.integer(4));
      case "channels" -> image(a, 0).channels(a.integers(1));
      case "merge" -> merged(a.list(0, Raster.class, "images"));
      case "crop" ->
          Geometry.crop(image(a, 0), a.integer(1), a.integer(2), a.integer(3), a.integer(4));
      case "transpose" -> Geometry.transposed(image(a, 0), a.integer(1));
      case "map" -> Geometry.mapped(narrow(a, 0), narrow(a, 1), a.numbers(2), a.integer(3));
      case "resize" ->
          Resampling.resize(image(a, 0), a.integer(1), a.integer(2), a.numbers(3), a.integer(4));
      case "reduce" -> reduced(narrow(a, 0), a.integer(1), a.integer(2));
      case "grey" -> Conversions.grey(narrow(a, 0));
      case "dither" -> Conversions.dither(narrow(a, 0));
      case "premultiply" -> Conversions.premultiplied(narrow(a, 0), a.flag(1));
      case "tables" -> Conversions.mapped(narrow(a, 0), a.bytes(1));
      case "colors" -> Conversions.colored(narrow(a, 0), a.bytes(1), a.integer(2));
      case "paste" -> pasted(a);
      case "narrow" -> narrowed(image(a, 0));
      case "histogram" -> histogram(narrow(a, 0));
      case "bounds" -> bounds(image(a, 0));
      case "kernel" -> Filters.weighted(narrow(a, 0), a.numbers(1), a.number(2));
      case "rank" -> Filters.ranked(narrow(a, 0), a.integer(1), a.integer(2));
      case "gaussian" -> Filters.gaussian(narrow(a, 0), a.number(1));
      case "box" -> Filters.box(narrow(a, 0), a.number(1), 1);
      default -> DrawingOperations.call(operation, a);
    };
  }

  /** Name of the format, width, height and channels; None for what is no image. */
  private static @Nullable List<Object> header(byte[] encoded) throws HostCallException {
    Optional<ImageHeader> header = ImageHeader.checked(encoded);
    return header
        .map(h -> List.<Object>of(h.format().name(), h.width(), h.height(), h.channels()))
        .orElse(null);
  }

  /** None for a TIFF that only OpenCV may read. */
  private static @Nullable List<@Nullable Object> decode(byte[] encoded) throws HostCallException {
    Optional<ImageHeader> header = ImageHeader.checked(encoded);
    return switch (header.map(ImageHeader::format).orElse(ImageHeader.Format.PPM)) {
      case PNG -> PngDecoder.decode(encoded).toList();
      case GIF -> GifDecoder.decode(encoded).toList();
      case TIFF ->
          TiffDecoder.decode(encoded, header.orElseThrow()).map(Picture::toList).orElse(null);
      case JPEG, BMP, WEBP, PPM ->
          throw new HostCallException("NotImplementedError", "this format is read by OpenCV");
    };
  }

  private static Raster filled(int width, int height, String dtype, double[] pixel)
      throws HostCallException {
    Raster.Depth depth = Raster.Depth.of(dtype);
    Raster raster = Raster.blank(width, height, pixel.length, depth);
    byte[] one = new byte[raster.pixelBytes()];
    ByteBuffer buffer = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : pixel) {
      put(buffer, depth, sample);
    }
    byte[] samples = raster.samples();
    for (int at = 0; at < samples.length; at += one.length) {
      System.arraycopy(one, 0, samples, at, one.length);
    }
    return raster;
  }

  private static Raster ofBytes(
      int width, int height, int channels, Raster.Depth depth, byte[] bytes)
      throws HostCallException {
    Raster.requireSize(width, height);
    if (channels < 1 || channels > 4) {
      throw new HostCallException("ValueError", channels + " channels are not supported");
    }
    if ((long) width * height * channels * depth.bytes() != bytes.length) {
      throw new HostCallException("ValueError", "the bytes do not fill the image");
    }
    return new Raster(width, height, channels, depth, bytes);
  }

  private static byte[] bytes(Raster image) throws HostCallException {
    HeapRoom.require(2L * image.samples().length);
    return image.samples();
  }

  private static List<Object> shape(Raster image) {
    return List.of(image.height(), image.width(), image.channels(), image.depth().dtype());
  }

  /** Some samples one after the other, from a pixel on. */
  private static List<Object> samples(Raster image, int x, int y, int count)
      throws HostCallException {
    requireInside(image, x, y);
    ByteBuffer buffer = ByteBuffer.wrap(image.samples()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(y * image.rowBytes() + x * image.pixelBytes());
    if (count < 0 || (long) count * image.depth().bytes() > buffer.remaining()) {
      throw new HostCallException("IndexError", "image index out of range");
    }
    List<Object> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(get(buffer, image.depth()));
    }
    return samples;
  }

  private static Raster withSamples(Raster image, int x, int y, int[] pixel)
      throws HostCallException {
    requireInside(image, x, y);
    if (pixel.length != image.channels()) {
      throw new HostCallException(
          "ValueError", "the pixel needs %d samples".formatted(image.channels()));
    }
    Raster result = image.region(0, 0, image.width(), image.height());
    ByteBuffer buffer = ByteBuffer.wrap(result.samples()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(y * image.rowBytes() + x * image.pixelBytes());
    for (int sample : pixel) {
      put(buffer, image.depth(), sample);
    }
    return result;
  }

  private static void requireInside(Raster image, int x, int y) throws HostCallException {
    if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) {
      throw new HostCallException("IndexError", "image index out of range");
    }
  }

  private static Object get(ByteBuffer buffer, Raster.Depth depth) {
    return switch (depth) {
      case UINT8 -> buffer.get() & 0xFF;
      case INT8 -> (int) buffer.get();
      case UINT16 -> buffer.getShort() & 0xFFFF;
      case INT16 -> (int) buffer.getShort();
      case INT32 -> buffer.getInt();
      case FLOAT32 -> (double) buffer.getFloat();
      case FLOAT64 -> buffer.getDouble();
    };
  }

  private static void put(ByteBuffer buffer, Raster.Depth depth, double sample) {
    switch (depth) {
      case UINT8, INT8 -> buffer.put((byte) (long) sample);
      case UINT16, INT16 -> buffer.putShort((short) (long) sample);
      case INT32 -> buffer.putInt((int) sample);
      case FLOAT32 -> buffer.putFloat((float) sample);
      case FLOAT64 -> buffer.putDouble(sample);
    }
  }

  private static Raster merged(List<Raster> bands) throws HostCallException {
    if (bands.isEmpty() || bands.size() > 4) {
      throw new HostCallException("ValueError", "wrong number of bands");
    }
    Raster first = bands.getFirst();
    Raster result = Raster.blank(first.width(), first.height(), bands.size(), Raster.Depth.UINT8);
    for (int band = 0; band < bands.size(); band++) {
      Raster source = bands.get(band);
      if (source.channels() != 1
          || source.depth() != Raster.Depth.UINT8
          || source.width() != first.width()
          || source.height() != first.height()) {
        throw new HostCallException("ValueError", "size mismatch");
      }
      byte[] from = source.samples();
      for (int i = 0; i < from.length; i++) {
        result.samples()[i * bands.size() + band] = from[i];
      }
    }
    return result;
  }

  private static Raster reduced(Raster image, int factorX, int factorY) throws HostCallException {
    if (factorX < 1 || factorY < 1) {
      throw new HostCallException("ValueError", "the factor must be 1 or more");
    }
    return Resampling.reduce(image, factorX, factorY);
  }

  private static Raster pasted(CallArguments a) throws HostCallException {
    byte[] mask = a.absent(4) ? new byte[0] : narrow(a, 4).samples();
    return Conversions.pasted(narrow(a, 0), narrow(a, 1), a.integer(2), a.integer(3), mask);
  }

  /** 32-bit samples cut to 8 bits. */
  private static Raster narrowed(Raster image) throws HostCallException {
    Raster result =
        Raster.blank(image.width(), image.height(), image.channels(), Raster.Depth.UINT8);
    ByteBuffer buffer = ByteBuffer.wrap(image.samples()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < result.samples().length; i++) {
      Number sample = (Number) get(buffer, image.depth());
      result.samples()[i] = (byte) Math.clamp(sample.longValue(), 0, 255);
    }
    return result;
  }

  private static List<Object> histogram(Raster image) {
    int[] counts = new int[256 * image.channels()];
    byte[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      counts[(i % image.channels() << 8) + (samples[i] & 0xFF)]++;
    }
    return new ArrayList<>(Arrays.stream(counts).boxed().toList());
  }

  /** Left, top, right and bottom of what is not zero; None when all is. */
  private static @Nullable List<Object> bounds(Raster image) {
    int left = image.width();
    int top = image.height();
    int right = -1;
    int bottom = -1;
    byte[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] != 0) {
        int x = i % image.rowBytes() / image.pixelBytes();
        int y = i / image.rowBytes();
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = y;
      }
    }
    return right < 0 ? null : List.of(left, top, right + 1, bottom + 1);
  }

  private static Raster image(CallArguments arguments, int position) throws HostCallException {
    return arguments.as(Raster.class, position, "an image");
  }

  /** An image with 8-bit samples, the only ones that most operations know. */
  private static Raster narrow(CallArguments arguments, int position) throws HostCallException {
    Raster image = image(arguments, position);
    if (image.depth() != Raster.Depth.UINT8) {
      throw new HostCallException("ValueError", "image has wrong mode");
    }
    return image;
  }

  private static byte @Nullable [] optional(CallArguments arguments, int position)
      throws HostCallException {
    return arguments.absent(position) ? null : arguments.bytes(position);
  }
}
