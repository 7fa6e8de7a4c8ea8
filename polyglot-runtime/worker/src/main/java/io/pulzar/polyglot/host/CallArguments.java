package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one operation by position, each checked when it is read.
 *
 * <p>A value is null, a Boolean, Long, Double, String, {@code byte[]}, a List of these, an object
 * that a service returned earlier, or a function of the script as a {@link
 * org.graalvm.polyglot.Value}. A wrong or missing one is the script's TypeError.
 */
public record CallArguments(List<@Nullable Object> values, CallContext run) {

  /** Of a caller that has nothing but the values. */
  public CallArguments(List<@Nullable Object> values) {
    this(values, CallContext.NONE);
  }

  public int size() {
    return values.size();
  }

  /** Whether the argument is missing or None. */
  public boolean absent(int position) {
    return position >= values.size() || values.get(position) == null;
  }

  public String text(int position) throws HostCallException {
    return as(String.class, position, "a str");
  }

  public byte[] bytes(int position) throws HostCallException {
    return as(byte[].class, position, "bytes");
  }

  public boolean flag(int position) throws HostCallException {
    Object value = value(position);
    return switch (value) {
      case Boolean flag -> flag;
      case Long number -> number != 0;
      case null, default -> throw wrong(position, "a bool", value);
    };
  }

  /** A whole number that fits an int; a float with a whole value will do, as in Python's C code. */
  public int integer(int position) throws HostCallException {
    return integer(position, value(position));
  }

  public int integer(int position, int otherwise) throws HostCallException {
    return absent(position) ? otherwise : integer(position);
  }

  public double number(int position) throws HostCallException {
    return number(position, value(position));
  }

  public double number(int position, double otherwise) throws HostCallException {
    return absent(position) ? otherwise : number(position);
  }

  public double[] numbers(int position) throws HostCallException {
    List<?> list = as(List.class, position, "a sequence of numbers");
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(position, list.get(i));
    }
    return numbers;
  }

  public int[] integers(int position) throws HostCallException {
    List<?> list = as(List.class, position, "a sequence of whole numbers");
    int[] numbers = new int[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = integer(position, list.get(i));
    }
    return numbers;
  }

  /** A sequence whose elements all have one type. */
  public <T> List<T> list(int position, Class<T> type, String what) throws HostCallException {
    List<T> elements = new ArrayList<>();
    for (Object element : as(List.class, position, "a sequence of " + what)) {
      if (!type.isInstance(element)) {
        throw wrong(position, "a sequence of " + what, element);
      }
      elements.add(type.cast(element));
    }
    return elements;
  }

  /**
   * An argument of one type.
   *
   * @param what names the type to a Python programmer: {@code an image}
   */
  public <T> T as(Class<T> type, int position, String what) throws HostCallException {
    Object value = value(position);
    if (!type.isInstance(value)) {
      throw wrong(position, what, value);
    }
    return type.cast(value);
  }

  private @Nullable Object value(int position) {
    return position < values.size() ? values.get(position) : null;
  }

  private static int integer(int position, @Nullable Object value) throws HostCallException {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    double number = number(position, value);
    if (number != Math.rint(number)) {
      throw wrong(position, "a whole number", value);
    }
    if (Math.abs(number) > Integer.MAX_VALUE) {
      throw new HostCallException("OverflowError", number + " is too large");
    }
    return (int) number;
  }

  private static double number(int position, @Nullable Object value) throws HostCallException {
    return switch (value) {
      case Long number -> number;
      case Double number when Double.isFinite(number) -> number;
      case null, default -> throw wrong(position, "a finite number", value);
    };
  }

  private static HostCallException wrong(int position, String what, @Nullable Object value) {
    return new HostCallException(
        "TypeError", "argument " + (position + 1) + " must be " + what + ", not " + name(value));
  }

  private static String name(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case String _ -> "str";
      case Long _ -> "int";
      case Boolean _ -> "bool";
      case Double number -> "float " + number;
      case byte[] _ -> "bytes";
      case List<?> _ -> "a sequence";
      default -> "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }
}
