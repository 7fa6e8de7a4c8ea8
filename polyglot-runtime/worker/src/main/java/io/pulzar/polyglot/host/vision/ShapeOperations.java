package io.pulzar.polyglot.host.vision;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import io.pulzar.polyglot.host.pillow.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Edges, outlines, shapes and what grows or shrinks them, with OpenCV. */
final class ShapeOperations {

  private static final int LARGEST_KERNEL = 1_001;
  private static final int MOST_ITERATIONS = 1_000;
  private static final int THICKEST = 32_767;

  private ShapeOperations() {}

  static @Nullable Object call(String operation, Matrices matrices, CallArguments a)
      throws HostCallException {
    return switch (operation) {
      case "outlines" -> outlines(matrices, a);
      case "outline_facts" -> facts(matrices, raster(a, 0), a.flag(1));
      case "text_size" -> textSize(a);
      case "element" -> matrices.raster(element(matrices, a));
      case "rotation" -> rotation(matrices, a);
      default -> matrices.raster(changed(operation, matrices, a));
    };
  }

  private static Mat changed(String operation, Matrices matrices, CallArguments a)
      throws HostCallException {
    Mat image = matrices.of(raster(a, 0));
    Mat result = matrices.empty();
    switch (operation) {
      case "canny" ->
          Imgproc.Canny(image, result, a.number(1), a.number(2), a.integer(3), a.flag(4));
      case "adaptive" ->
          Imgproc.adaptiveThreshold(
              image, result, a.number(1), a.integer(2), a.integer(3), kernel(a, 4), a.number(5));
      case "morphology" ->
          Imgproc.morphologyEx(
              image,
              result,
              a.integer(1),
              matrices.of(raster(a, 2)),
              new Point(-1, -1),
              times(a, 3));
      case "warp" -> {
        Raster.requireSize(a.integer(2), a.integer(3));
        Imgproc.warpAffine(
            image,
            result,
            matrices.of(raster(a, 1)),
            new Size(a.integer(2), a.integer(3)),
            a.integer(4),
            a.integer(5),
            color(a, 6));
      }
      case "median" -> Imgproc.medianBlur(image, result, kernel(a, 1));
      case "mean_blur" -> Imgproc.blur(image, result, new Size(kernel(a, 1), kernel(a, 2)));
      case "flip" -> Core.flip(image, result, a.integer(1));
      case "turn" -> Core.rotate(image, result, a.integer(1));
      case "between" -> Core.inRange(image, color(a, 1), color(a, 2), result);
      case "weighted" ->
          Core.addWeighted(
              image, a.number(1), matrices.of(raster(a, 2)), a.number(3), a.number(4), result);
      case "add", "subtract", "multiply", "divide", "and", "or", "xor", "min", "max" ->
          combine(operation, matrices, image, a, result);
      case "not" -> Core.bitwise_not(image, result);
      case "line", "rectangle", "circle", "ellipse", "text", "outlines_drawn", "filled" -> {
        image.copyTo(result);
        draw(operation, matrices, result, a);
      }
      default -> throw HostService.unknown("vision", operation);
    }
    return result;
  }

  private static void combine(
      String operation, Matrices matrices, Mat image, CallArguments a, Mat result)
      throws HostCallException {
    Mat other;
    if (a.values().get(1) instanceof Raster second) {
      other = matrices.of(second);
    } else {
      other = matrices.track(new Mat(image.size(), image.type(), color(a, 1)));
    }
    switch (operation) {
      case "add" -> Core.add(image, other, result);
      case "subtract" -> Core.subtract(image, other, result);
      case "multiply" -> Core.multiply(image, other, result);
      case "divide" -> Core.divide(image, other, result);
      case "and" -> Core.bitwise_and(image, other, result);
      case "or" -> Core.bitwise_or(image, other, result);
      case "xor" -> Core.bitwise_xor(image, other, result);
      case "min" -> Core.min(image, other, result);
      default -> Core.max(image, other, result);
    }
  }

  /** Image, colour, thickness, kind of line, then what the shape needs. */
  private static void draw(String shape, Matrices matrices, Mat image, CallArguments a)
      throws HostCallException {
    Scalar color = color(a, 1);
    int thickness = a.integer(2);
    if (thickness > THICKEST) {
      throw new HostCallException("cv2.error", "a thickness over %d".formatted(THICKEST));
    }
    int line = a.integer(3);
    switch (shape) {
      case "line" -> Imgproc.line(image, point(a, 4), point(a, 6), color, thickness, line);
      case "rectangle" ->
          Imgproc.rectangle(image, point(a, 4), point(a, 6), color, thickness, line);
      case "circle" -> Imgproc.circle(image, point(a, 4), a.integer(6), color, thickness, line);
      case "ellipse" ->
          Imgproc.ellipse(
              image,
              point(a, 4),
              new Size(a.number(6), a.number(7)),
              a.number(8),
              a.number(9),
              a.number(10),
              color,
              thickness,
              line);
      case "text" ->
          Imgproc.putText(
              image, a.text(6), point(a, 4), a.integer(7), a.number(8), color, thickness, line);
      case "outlines_drawn" ->
          Imgproc.drawContours(image, points(matrices, a, 4), a.integer(5), color, thickness, line);
      default -> Imgproc.fillPoly(image, points(matrices, a, 4), color, line);
    }
  }

  /** The outlines, each a raster of pairs, and for each its neighbours in the hierarchy. */
  private static List<Object> outlines(Matrices matrices, CallArguments a)
      throws HostCallException {
    List<MatOfPoint> found = new ArrayList<>();
    Mat hierarchy = matrices.empty();
    Imgproc.findContours(matrices.of(raster(a, 0)), found, hierarchy, a.integer(1), a.integer(2));
    List<Object> outlines = new ArrayList<>();
    for (MatOfPoint outline : found) {
      matrices.track(outline);
      outlines.add(matrices.raster(outline));
    }
    List<Object> neighbours = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      for (double number : hierarchy.get(0, i)) {
        neighbours.add((int) number);
      }
    }
    return List.of(outlines, neighbours);
  }

  /** Area, length, and the box around an outline. */
  private static List<Object> facts(Matrices matrices, Raster outline, boolean closed)
      throws HostCallException {
    MatOfPoint points = outline(matrices, outline);
    MatOfPoint2f exact = new MatOfPoint2f();
    matrices.track(exact);
    points.convertTo(exact, CvType.CV_32F);
    Rect box = Imgproc.boundingRect(points);
    return List.of(
        Imgproc.contourArea(points),
        Imgproc.arcLength(exact, closed),
        box.x,
        box.y,
        box.width,
        box.height);
  }

  private static List<Object> textSize(CallArguments a) throws HostCallException {
    int[] below = new int[1];
    Size size = Imgproc.getTextSize(a.text(0), a.integer(1), a.number(2), a.integer(3), below);
    return List.of((int) size.width, (int) size.height, below[0]);
  }

  private static Mat element(Matrices matrices, CallArguments a) throws HostCallException {
    return matrices.track(
        Imgproc.getStructuringElement(a.integer(0), new Size(kernel(a, 1), kernel(a, 2))));
  }

  private static Raster rotation(Matrices matrices, CallArguments a) throws HostCallException {
    return matrices.raster(
        matrices.track(
            Imgproc.getRotationMatrix2D(
                new Point(a.number(0), a.number(1)), a.number(2), a.number(3))));
  }

  private static List<MatOfPoint> points(Matrices matrices, CallArguments a, int position)
      throws HostCallException {
    List<MatOfPoint> outlines = new ArrayList<>();
    for (Raster one : a.list(position, Raster.class, "outlines")) {
      outlines.add(outline(matrices, one));
    }
    return outlines;
  }

  private static MatOfPoint outline(Matrices matrices, Raster raster) throws HostCallException {
    if (raster.channels() != 2 || raster.depth() != Raster.Depth.INT32) {
      throw new HostCallException("cv2.error", "an outline is an array of int32 pairs");
    }
    MatOfPoint points = new MatOfPoint(matrices.of(raster));
    matrices.track(points);
    return points;
  }

  private static Point point(CallArguments a, int position) throws HostCallException {
    return new Point(a.integer(position), a.integer(position + 1));
  }

  private static Scalar color(CallArguments a, int position) throws HostCallException {
    return new Scalar(Arrays.copyOf(a.numbers(position), 4));
  }

  private static int kernel(CallArguments a, int position) throws HostCallException {
    int size = a.integer(position);
    if (size > LARGEST_KERNEL) {
      throw new HostCallException(
          "cv2.error", "a kernel over %d pixels is not supported".formatted(LARGEST_KERNEL));
    }
    return size;
  }

  private static int times(CallArguments a, int position) throws HostCallException {
    int times = a.integer(position);
    if (times > MOST_ITERATIONS) {
      throw new HostCallException(
          "cv2.error", "more than %d iterations are not supported".formatted(MOST_ITERATIONS));
    }
    return times;
  }

  private static Raster raster(CallArguments a, int position) throws HostCallException {
    return a.as(Raster.class, position, "an image");
  }
}
