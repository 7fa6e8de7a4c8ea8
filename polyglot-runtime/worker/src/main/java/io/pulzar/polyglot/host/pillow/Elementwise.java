package io.pulzar.polyglot.host.pillow;

import io.pulzar.polyglot.HostCallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic and comparisons of arrays by samples, as in numpy: whole numbers wrap around. */
final class Elementwise {

  private Elementwise() {}

  /** Both arrays have one shape; the result has the given depth. */
  static Raster of(String name, Raster a, Raster b, Raster.Depth depth) throws HostCallException {
    if (a.width() != b.width() || a.height() != b.height() || a.channels() != b.channels()) {
      throw new HostCallException(
          "ValueError", "operands could not be broadcast together: the arrays have two shapes");
    }
    ByteBuffer other = buffer(b);
    return each(name, a, depth, i -> read(other, b.depth(), i));
  }

  /** Numbers are one for all samples, or one for each channel. */
  static Raster of(String name, Raster a, double[] numbers, Raster.Depth depth)
      throws HostCallException {
    if (numbers.length != 1 && numbers.length != a.channels()) {
      throw new HostCallException(
          "ValueError",
          "operands could not be broadcast together: %d numbers".formatted(numbers.length));
    }
    return each(name, a, depth, i -> numbers[i % numbers.length]);
  }

  @FunctionalInterface
  private interface Operand {
    double at(int sample);
  }

  private static Raster each(String name, Raster a, Raster.Depth depth, Operand operand)
      throws HostCallException {
    DoubleBinaryOperator operator = operator(name);
    Raster result = Raster.blank(a.width(), a.height(), a.channels(), depth);
    ByteBuffer from = buffer(a);
    ByteBuffer to = buffer(result);
    int count = a.samples().length / a.depth().bytes();
    for (int i = 0; i < count; i++) {
      write(to, depth, operator.applyAsDouble(read(from, a.depth(), i), operand.at(i)));
    }
    return result;
  }

  private static DoubleBinaryOperator operator(String name) throws HostCallException {
    return switch (name) {
      case "add" -> Double::sum;
      case "subtract" -> (a, b) -> a - b;
      case "subtract_from" -> (a, b) -> b - a;
      case "multiply" -> (a, b) -> a * b;
      case "divide" -> (a, b) -> a / b;
      case "less" -> (a, b) -> a < b ? 1 : 0;
      case "less_equal" -> (a, b) -> a <= b ? 1 : 0;
      case "greater" -> (a, b) -> a > b ? 1 : 0;
      case "greater_equal" -> (a, b) -> a >= b ? 1 : 0;
      case "equal" -> (a, b) -> a == b ? 1 : 0;
      case "not_equal" -> (a, b) -> a != b ? 1 : 0;
      default -> throw new HostCallException("ValueError", "arrays cannot be combined by " + name);
    };
  }

  private static ByteBuffer buffer(Raster raster) {
    return ByteBuffer.wrap(raster.samples()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static double read(ByteBuffer buffer, Raster.Depth depth, int sample) {
    return switch (depth) {
      case UINT8 -> buffer.get(sample) & 0xFF;
      case INT8 -> buffer.get(sample);
      case UINT16 -> buffer.getShort(2 * sample) & 0xFFFF;
      case INT16 -> buffer.getShort(2 * sample);
      case INT32 -> buffer.getInt(4 * sample);
      case FLOAT32 -> buffer.getFloat(4 * sample);
      case FLOAT64 -> buffer.getDouble(8 * sample);
    };
  }

  private static void write(ByteBuffer buffer, Raster.Depth depth, double value) {
    switch (depth) {
      case UINT8, INT8 -> buffer.put((byte) (long) value);
      case UINT16, INT16 -> buffer.putShort((short) (long) value);
      case INT32 -> buffer.putInt((int) (long) value);
      case FLOAT32 -> buffer.putFloat((float) value);
      case FLOAT64 -> buffer.putDouble(value);
    }
  }
}
