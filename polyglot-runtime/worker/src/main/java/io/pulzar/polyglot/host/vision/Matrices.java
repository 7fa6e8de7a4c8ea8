package io.pulzar.polyglot.host.vision;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.pillow.Raster;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** The matrices of one call: copied in from rasters, copied out, freed together. */
final class Matrices implements AutoCloseable {

  private final List<Mat> all = new ArrayList<>();

  Mat empty() {
    return track(new Mat());
  }

  Mat of(Raster raster) {
    Mat matrix =
        track(
            new Mat(
                raster.height(),
                raster.width(),
                CvType.makeType(number(raster.depth()), raster.channels())));
    memory(matrix, raster.samples().length).copyFrom(MemorySegment.ofArray(raster.samples()));
    return matrix;
  }

  /** The encoded bytes as one row, the form that OpenCV's decoders take. */
  Mat row(byte[] bytes) {
    Mat matrix = track(new Mat(1, bytes.length, CvType.CV_8UC1));
    memory(matrix, bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    return matrix;
  }

  Raster raster(Mat matrix) throws HostCallException {
    Raster.Depth depth = depth(CvType.depth(matrix.type()));
    Raster raster = Raster.blank(matrix.cols(), matrix.rows(), matrix.channels(), depth);
    Mat whole = matrix.isContinuous() ? matrix : track(matrix.clone());
    MemorySegment.ofArray(raster.samples()).copyFrom(memory(whole, raster.samples().length));
    return raster;
  }

  Mat track(Mat matrix) {
    all.add(matrix);
    return matrix;
  }

  @Override
  public void close() {
    all.forEach(Mat::release);
  }

  private static int number(Raster.Depth depth) {
    return switch (depth) {
      case UINT8 -> CvType.CV_8U;
      case INT8 -> CvType.CV_8S;
      case UINT16 -> CvType.CV_16U;
      case INT16 -> CvType.CV_16S;
      case INT32 -> CvType.CV_32S;
      case FLOAT32 -> CvType.CV_32F;
      case FLOAT64 -> CvType.CV_64F;
    };
  }

  private static Raster.Depth depth(int number) throws HostCallException {
    for (Raster.Depth depth : Raster.Depth.values()) {
      if (number(depth) == number) {
        return depth;
      }
    }
    throw new HostCallException("NotImplementedError", "arrays of 16-bit floats are not supported");
  }

  // OpenCV gives only the address of a matrix; its size follows from its shape.
  @SuppressWarnings("restricted")
  private static MemorySegment memory(Mat matrix, long bytes) {
    return MemorySegment.ofAddress(matrix.dataAddr()).reinterpret(bytes);
  }
}
