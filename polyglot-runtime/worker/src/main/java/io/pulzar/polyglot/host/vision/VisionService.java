package io.pulzar.polyglot.host.vision;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.host.pillow.ImageHeader;
import io.pulzar.polyglot.host.pillow.JpegSegments;
import io.pulzar.polyglot.host.pillow.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * OpenCV for the cv2 stand-in.
 *
 * <p>Errors of OpenCV itself, and what is refused in its place, are raised as {@code cv2.error}.
 */
public final class VisionService implements HostService {

  private static final Set<ImageHeader.Format> DECODED =
      Set.of(
          ImageHeader.Format.PNG,
          ImageHeader.Format.JPEG,
          ImageHeader.Format.BMP,
          ImageHeader.Format.TIFF,
          ImageHeader.Format.WEBP,
          ImageHeader.Format.PPM);

  private static final Set<String> ENCODED =
      Set.of(
          ".png", ".jpg", ".jpeg", ".jpe", ".bmp", ".dib", ".tif", ".tiff", ".webp", ".pgm",
          ".ppm");

  /**
   * matchTemplate keeps two sums of eight bytes for each sample besides its copies, so this many
   * samples take about a gigabyte outside the heap.
   */
  private static final long MOST_MATCHED_SAMPLES = 40_000_000;

  /** With a mask it works on so many times as much. */
  private static final int MASKED_COPIES = 4;

  /** Above what rounding explains, a coefficient of correlation is none. */
  private static final float MOST_ALIKE = 1.001f;

  private static final int LARGEST_KERNEL = 1_001;

  /**
   * Loads OpenCV.
   *
   * @throws HostCallException when the machine has no library or no place to unpack it
   */
  // Loading a native library is what this is for.
  @SuppressWarnings("restricted")
  public VisionService(NativeLibraries libraries) throws HostCallException {
    System.load(libraries.opencv().toAbsolutePath().toString());
    // A worker is one of several on the machine: its work stays on its own thread.
    Core.setNumThreads(1);
  }

  @Override
  public @Nullable Object call(String operation, CallArguments arguments) throws HostCallException {
    try (Matrices matrices = new Matrices()) {
      return switch (operation) {
        case "decode" -> decode(matrices, arguments.bytes(0), arguments.integer(1));
        case "encode" -> encode(matrices, arguments);
        case "color" ->
            color(matrices, image(arguments, 0), arguments.integer(1), arguments.integer(2));
        case "match" ->
            match(
                matrices,
                image(arguments, 0),
                image(arguments, 1),
                arguments.integer(2),
                arguments.values().size() > 3 ? image(arguments, 3) : null);
        case "extremes" -> extremes(matrices, image(arguments, 0));
        case "resize" -> resize(matrices, arguments);
        case "threshold" -> threshold(matrices, arguments);
        case "blur" -> blur(matrices, arguments);
        case "difference" -> difference(matrices, arguments);
        default -> ShapeOperations.call(operation, matrices, arguments);
      };
    } catch (CvException refused) {
      throw error(firstLine(refused));
    }
  }

  /** The image, or null where OpenCV's own decoder gives up, as cv2 answers None. */
  private static @Nullable Raster decode(Matrices matrices, byte[] encoded, int flags)
      throws HostCallException {
    ImageHeader.Format format =
        ImageHeader.checked(encoded)
            .map(ImageHeader::format)
            .filter(DECODED::contains)
            .orElse(null);
    if (format == null || (format == ImageHeader.Format.JPEG && !JpegSegments.isWhole(encoded))) {
      return null;
    }
    Mat decoded = matrices.track(Imgcodecs.imdecode(matrices.row(encoded), flags));
    return decoded.empty() ? null : matrices.raster(decoded);
  }

  private static byte[] encode(Matrices matrices, CallArguments arguments)
      throws HostCallException {
    String extension = arguments.text(0).toLowerCase(Locale.ROOT);
    if (!ENCODED.contains(extension)) {
      throw error("could not find a writer for the specified extension " + extension);
    }
    MatOfByte encoded = new MatOfByte();
    matrices.track(encoded);
    MatOfInt options = new MatOfInt(arguments.integers(2));
    matrices.track(options);
    if (!Imgcodecs.imencode(extension, matrices.of(image(arguments, 1)), encoded, options)) {
      throw error("the image can't be written as " + extension);
    }
    return encoded.toArray();
  }

  private static Raster color(Matrices matrices, Raster image, int code, int channels)
      throws HostCallException {
    Mat result = matrices.empty();
    Imgproc.cvtColor(matrices.of(image), result, code, channels);
    return matrices.raster(result);
  }

  /**
   * How well the template fits at each place.
   *
   * @param mask where a sample is 0 the template's does not count; null: all count
   */
  private static Raster match(
      Matrices matrices, Raster image, Raster template, int method, @Nullable Raster mask)
      throws HostCallException {
    if (template.width() > image.width() || template.height() > image.height()) {
      throw error(
          "the template (%dx%d) is larger than the image (%dx%d)"
              .formatted(template.width(), template.height(), image.width(), image.height()));
    }
    if (template.channels() != image.channels() || template.depth() != image.depth()) {
      throw error("the template must have the image's type and channels");
    }
    if (image.depth() != Raster.Depth.UINT8 && image.depth() != Raster.Depth.FLOAT32) {
      throw error("images to match must be uint8 or float32, not " + image.depth().dtype());
    }
    if (method < Imgproc.TM_SQDIFF || method > Imgproc.TM_CCOEFF_NORMED) {
      throw error("unknown method of matching " + method);
    }
    long samples = (long) image.width() * image.height() * image.channels();
    long most = mask == null ? MOST_MATCHED_SAMPLES : MOST_MATCHED_SAMPLES / MASKED_COPIES;
    if (samples > most) {
      throw error(
          "the image has %d samples, and up to %d can be matched: scale it down or make it grey"
              .formatted(samples, most));
    }
    if (mask != null) {
      return masked(matrices, image, template, method, mask);
    }
    if (method == Imgproc.TM_CCOEFF_NORMED && flat(template)) {
      // OpenCV divides by a deviation of zero here and reports a perfect match everywhere.
      throw error("the template has one flat colour, which matches everywhere: choose another");
    }
    Mat result = matrices.empty();
    Imgproc.matchTemplate(matrices.of(image), matrices.of(template), result, method);
    return matrices.raster(result);
  }

  private static Raster masked(
      Matrices matrices, Raster image, Raster template, int method, Raster mask)
      throws HostCallException {
    if (mask.width() != template.width()
        || mask.height() != template.height()
        || mask.channels() != 1
        || mask.depth() != Raster.Depth.UINT8) {
      throw error("the mask must be uint8 with one channel and as large as the template");
    }
    Mat result = matrices.empty();
    Imgproc.matchTemplate(
        matrices.of(image), matrices.of(template), result, method, matrices.of(mask));
    Raster fits = matrices.raster(result);
    if (method == Imgproc.TM_CCOEFF_NORMED || method == Imgproc.TM_CCORR_NORMED) {
      withoutFlatPlaces(fits);
    }
    return fits;
  }

  /** Where the image has one colour under the mask OpenCV divides by zero: nothing fits there. */
  private static void withoutFlatPlaces(Raster fits) {
    FloatBuffer values =
        ByteBuffer.wrap(fits.samples()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int at = 0; at < values.limit(); at++) {
      float value = values.get(at);
      if (!Float.isFinite(value) || Math.abs(value) > MOST_ALIKE) {
        values.put(at, 0);
      }
    }
  }

  private static boolean flat(Raster raster) {
    byte[] samples = raster.samples();
    int pixel = raster.pixelBytes();
    return Arrays.equals(samples, pixel, samples.length, samples, 0, samples.length - pixel);
  }

  /** Minimum, maximum, and the places of both as x and y. */
  private static List<Object> extremes(Matrices matrices, Raster image) throws HostCallException {
    if (image.channels() != 1) {
      throw error("the array must have one channel, not " + image.channels());
    }
    Core.MinMaxLocResult found = Core.minMaxLoc(matrices.of(image));
    return List.of(
        found.minVal,
        found.maxVal,
        (int) found.minLoc.x,
        (int) found.minLoc.y,
        (int) found.maxLoc.x,
        (int) found.maxLoc.y);
  }

  private static Raster resize(Matrices matrices, CallArguments arguments)
      throws HostCallException {
    Raster image = image(arguments, 0);
    double scaleX = arguments.number(3);
    double scaleY = arguments.number(4);
    Size size = new Size(arguments.integer(1), arguments.integer(2));
    boolean scaled = size.width == 0 && size.height == 0;
    Raster.requireSize(
        scaled ? (long) Math.rint(image.width() * scaleX) : (long) size.width,
        scaled ? (long) Math.rint(image.height() * scaleY) : (long) size.height);
    int interpolation = arguments.integer(5);
    if (interpolation < Imgproc.INTER_NEAREST || interpolation > Imgproc.INTER_NEAREST_EXACT) {
      throw error("unknown interpolation " + interpolation);
    }
    Mat result = matrices.empty();
    Imgproc.resize(matrices.of(image), result, size, scaleX, scaleY, interpolation);
    return matrices.raster(result);
  }

  /** The threshold that was used, and the image. */
  private static List<Object> threshold(Matrices matrices, CallArguments arguments)
      throws HostCallException {
    Mat result = matrices.empty();
    double used =
        Imgproc.threshold(
            matrices.of(image(arguments, 0)),
            result,
            arguments.number(1),
            arguments.number(2),
            arguments.integer(3));
    return List.of(used, matrices.raster(result));
  }

  private static Raster blur(Matrices matrices, CallArguments arguments) throws HostCallException {
    int width = arguments.integer(1);
    int height = arguments.integer(2);
    double sigmaX = arguments.number(3);
    double sigmaY = arguments.number(4);
    // Without a size OpenCV takes it from sigma, eight deviations wide at most.
    if (Math.max(Math.max(width, height), 8 * Math.max(sigmaX, sigmaY)) > LARGEST_KERNEL) {
      throw error("a kernel over %d pixels is not supported".formatted(LARGEST_KERNEL));
    }
    Mat result = matrices.empty();
    Imgproc.GaussianBlur(
        matrices.of(image(arguments, 0)),
        result,
        new Size(width, height),
        sigmaX,
        sigmaY,
        arguments.integer(5));
    return matrices.raster(result);
  }

  /** The difference to another image, or to a number or a colour. */
  private static Raster difference(Matrices matrices, CallArguments arguments)
      throws HostCallException {
    Mat result = matrices.empty();
    Mat image = matrices.of(image(arguments, 0));
    if (arguments.values().get(1) instanceof Raster other) {
      Core.absdiff(image, matrices.of(other), result);
    } else {
      Core.absdiff(image, new Scalar(Arrays.copyOf(arguments.numbers(1), 4)), result);
    }
    return matrices.raster(result);
  }

  private static Raster image(CallArguments arguments, int position) throws HostCallException {
    return arguments.as(Raster.class, position, "an image");
  }

  private static HostCallException error(String message) {
    return new HostCallException("cv2.error", message);
  }

  /** OpenCV's message without the tail that repeats it. */
  private static String firstLine(CvException refused) {
    String message = String.valueOf(refused.getMessage());
    int start = message.indexOf("error: (");
    return message
        .substring(Math.max(start, 0))
        .lines()
        .limit(2)
        .reduce((a, b) -> a + " " + b)
        .orElse("error");
  }
}
