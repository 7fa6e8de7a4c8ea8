package io.pulzar.polyglot.host.marshal;

import io.pulzar.polyglot.HostCallException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code marshal.dumps(value, 2)} wrote: None, bool, int, float, str, bytes, and lists
 * and tuples of these. Nothing of it is trusted.
 */
public final class MarshalReader {

  private static final int DEEPEST = 8;
  private static final int DIGIT_BITS = 15;

  private final ByteBuffer in;

  private MarshalReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The list or tuple in these bytes.
   *
   * @return of null, Boolean, Long, BigInteger, Double, String, {@code byte[]} and List
   */
  public static List<@Nullable Object> list(byte[] bytes) throws HostCallException {
    if (new MarshalReader(bytes).read(0) instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw wrong();
  }

  private @Nullable Object read(int depth) throws HostCallException {
    if (depth > DEEPEST || !in.hasRemaining()) {
      throw wrong();
    }
    byte code = in.get();
    return switch (code) {
      case 'N' -> null;
      case 'T' -> true;
      case 'F' -> false;
      case 'i' -> (long) needed(4).getInt();
      case 'I' -> needed(8).getLong();
      case 'l' -> large();
      case 'g' -> needed(8).getDouble();
      case 's' -> raw();
      case 'u', 't' -> new String(raw(), StandardCharsets.UTF_8);
      case '[', '(' -> sequence(depth);
      default -> throw wrong();
    };
  }

  private List<@Nullable Object> sequence(int depth) throws HostCallException {
    int count = count(1);
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(read(depth + 1));
    }
    return values;
  }

  /** A Long, or a BigInteger when it is larger. */
  private Object large() throws HostCallException {
    int signed = needed(4).getInt();
    long digits = Math.abs((long) signed);
    if (digits * 2 > in.remaining()) {
      throw wrong();
    }
    BigInteger value = BigInteger.ZERO;
    for (int digit = 0; digit < digits; digit++) {
      value = value.or(BigInteger.valueOf(in.getShort()).shiftLeft(digit * DIGIT_BITS));
    }
    BigInteger number = signed < 0 ? value.negate() : value;
    if (number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    return number;
  }

  private byte[] raw() throws HostCallException {
    byte[] data = new byte[count(1)];
    in.get(data);
    return data;
  }

  /** A count of things that take at least so many bytes each. */
  private int count(int smallest) throws HostCallException {
    int count = needed(4).getInt();
    if (count < 0 || (long) count * smallest > in.remaining()) {
      throw wrong();
    }
    return count;
  }

  private ByteBuffer needed(int bytes) throws HostCallException {
    if (in.remaining() < bytes) {
      throw wrong();
    }
    return in;
  }

  private static HostCallException wrong() {
    return new HostCallException("TypeError", "can't be passed to a service");
  }
}
