package io.pulzar.polyglot.host.marshal;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values that {@code marshal.loads} reads. */
public final class MarshalWriter {

  /** Digits of a large number hold so many bits. */
  private static final int DIGIT_BITS = 15;

  private static final int REFERRED_TO = 0x80;
  private static final int SHORT = 255;
  private static final int ROOM_IS_ASKED_FROM = 1 << 20;

  private byte[] bytes;
  private int size;
  private int references;
  private final Map<String, Integer> names = new HashMap<>();

  public MarshalWriter(int expectedBytes) {
    bytes = new byte[Math.max(64, expectedBytes)];
  }

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** A list of so many values, which must follow. */
  public void list(int count) throws HostCallException {
    code('[');
    fixed(count, 4);
  }

  /**
   * Begins a list whose length is not known yet.
   *
   * @return what {@link #endList} needs
   */
  public int beginList() throws HostCallException {
    list(0);
    return size;
  }

  /** Ends the list that began there, with so many values in it. */
  public void endList(int begin, int count) {
    for (int i = 0; i < 4; i++) {
      bytes[begin - 4 + i] = (byte) (count >> (8 * i));
    }
  }

  /** A tuple of so many values, which must follow. */
  public void tuple(int count) throws HostCallException {
    code('(');
    fixed(count, 4);
  }

  /** Begins a dict: pairs of a name and a value follow, then {@link #endDict}. */
  public void beginDict() throws HostCallException {
    code('{');
  }

  public void endDict() throws HostCallException {
    code('0');
  }

  /** A str that is likely to come again: the second time it is a reference to the first. */
  public void name(String text) throws HostCallException {
    Integer known = names.get(text);
    if (known != null) {
      reference(known);
      return;
    }
    names.put(text, references++);
    text(text, REFERRED_TO);
  }

  /**
   * An ASCII str that is likely to come again.
   *
   * @return what {@link #reference} needs when it does
   */
  public int referred(char[] letters, int begin, int end) throws HostCallException {
    ascii(letters, begin, end, REFERRED_TO);
    return references++;
  }

  /** What was written before. */
  public void reference(int known) throws HostCallException {
    room(5);
    bytes[size++] = 'r';
    int32(known);
  }

  /** None, a Boolean, a whole number, a Double, a str or bytes. */
  public void value(@Nullable Object value) throws HostCallException {
    switch (value) {
      case null -> none();
      case Boolean flag -> bool(flag);
      case Integer number -> whole(number);
      case Long number -> whole(number);
      case Short number -> whole(number);
      case Byte number -> whole(number);
      case BigInteger number -> whole(number);
      case Double number -> real(number);
      case Float number -> real(number);
      case byte[] data -> data(data);
      default -> text(value.toString());
    }
  }

  public void none() throws HostCallException {
    code('N');
  }

  public void bool(boolean value) throws HostCallException {
    code(value ? 'T' : 'F');
  }

  public void whole(long value) throws HostCallException {
    if (value == (int) value) {
      room(5);
      bytes[size++] = 'i';
      int32((int) value);
    } else {
      code('I');
      fixed(value, 8);
    }
  }

  public void whole(BigInteger value) throws HostCallException {
    BigInteger left = value.abs();
    int digits = Math.ceilDiv(left.bitLength(), DIGIT_BITS);
    code('l');
    fixed(value.signum() < 0 ? -digits : digits, 4);
    byte[] magnitude = left.toByteArray();
    for (int digit = 0; digit < digits; digit++) {
      fixed(bits(magnitude, digit * DIGIT_BITS), 2);
    }
  }

  public void real(double value) throws HostCallException {
    room(9);
    bytes[size++] = 'g';
    long bits = Double.doubleToRawLongBits(value);
    int32((int) bits);
    int32((int) (bits >> 32));
  }

  public void data(byte[] data) throws HostCallException {
    code('s');
    fixed(data.length, 4);
    raw(data);
  }

  public void text(String text) throws HostCallException {
    text(text, 0);
  }

  /** An ASCII str that stands in an array. */
  public void ascii(char[] letters, int begin, int end) throws HostCallException {
    ascii(letters, begin, end, 0);
  }

  /** A str that stands in an array, in which each half of a surrogate pair has the other one. */
  public void unicode(char[] letters, int begin, int end) throws HostCallException {
    room(3 * (end - begin) + 5);
    byte[] to = bytes;
    int start = size + 5;
    int at = start;
    for (int i = begin; i < end; i++) {
      char letter = letters[i];
      if (letter < 0x80) {
        to[at++] = (byte) letter;
      } else if (letter < 0x800) {
        to[at++] = (byte) (0xC0 | (letter >> 6));
        to[at++] = (byte) (0x80 | (letter & 0x3F));
      } else if (Character.isHighSurrogate(letter)) {
        int point = Character.toCodePoint(letter, letters[++i]);
        to[at++] = (byte) (0xF0 | (point >> 18));
        to[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
        to[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
        to[at++] = (byte) (0x80 | (point & 0x3F));
      } else {
        to[at++] = (byte) (0xE0 | (letter >> 12));
        to[at++] = (byte) (0x80 | (letter >> 6 & 0x3F));
        to[at++] = (byte) (0x80 | (letter & 0x3F));
      }
    }
    to[size++] = 'u';
    int32(at - start);
    size = at;
  }

  /** A str that stands in an array. */
  public void text(char[] letters, int begin, int end) throws HostCallException {
    int length = end - begin;
    room(length + 5);
    byte[] to = bytes;
    int start = size + (length <= SHORT ? 2 : 5);
    for (int i = 0; i < length; i++) {
      char letter = letters[begin + i];
      if (letter >= 0x80) {
        // What was written so far lies beyond the size, where it is overwritten.
        text(new String(letters, begin, length));
        return;
      }
      to[start + i] = (byte) letter;
    }
    code(length <= SHORT ? 'z' : 'a');
    fixed(length, length <= SHORT ? 1 : 4);
    size += length;
  }

  /** The first bytes of another writer, if it referred to nothing or this one has not. */
  public void append(MarshalWriter other, int count) throws HostCallException {
    room(count);
    System.arraycopy(other.bytes, 0, bytes, size, count);
    size += count;
  }

  /** Letters as they are, for whoever looks at them before {@code marshal} does. */
  public void ascii(String letters) throws HostCallException {
    raw(letters.getBytes(StandardCharsets.US_ASCII));
  }

  private void ascii(char[] letters, int begin, int end, int flag) throws HostCallException {
    int length = end - begin;
    room(length + 5);
    byte[] to = bytes;
    if (length <= SHORT) {
      to[size++] = (byte) ('z' | flag);
      to[size++] = (byte) length;
    } else {
      to[size++] = (byte) ('a' | flag);
      int32(length);
    }
    int at = size;
    for (int i = begin; i < end; i++) {
      to[at++] = (byte) letters[i];
    }
    size = at;
  }

  private void text(String text, int flag) throws HostCallException {
    if (isAscii(text)) {
      boolean isShort = text.length() <= SHORT;
      code((isShort ? 'z' : 'a') | flag);
      fixed(text.length(), isShort ? 1 : 4);
      room(text.length());
      for (int i = 0; i < text.length(); i++) {
        bytes[size++] = (byte) text.charAt(i);
      }
    } else {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      code('u' | flag);
      fixed(encoded.length, 4);
      raw(encoded);
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Fifteen bits of a big-endian magnitude, counted from its least significant one. */
  private static long bits(byte[] magnitude, int from) {
    int last = magnitude.length - 1 - from / 8;
    long window = 0;
    for (int i = 0; i < 3; i++) {
      int at = last - i;
      window |= (at < 0 ? 0L : magnitude[at] & 0xffL) << (8 * i);
    }
    return (window >> (from % 8)) & ((1 << DIGIT_BITS) - 1);
  }

  private void code(int code) throws HostCallException {
    room(1);
    bytes[size++] = (byte) code;
  }

  /** Without asking for room. */
  private void int32(int value) {
    byte[] to = bytes;
    int at = size;
    to[at] = (byte) value;
    to[at + 1] = (byte) (value >> 8);
    to[at + 2] = (byte) (value >> 16);
    to[at + 3] = (byte) (value >> 24);
    size = at + 4;
  }

  private void fixed(long value, int count) throws HostCallException {
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[size++] = (byte) (value >> (8 * i));
    }
  }

  private void raw(byte[] data) throws HostCallException {
    room(data.length);
    System.arraycopy(data, 0, bytes, size, data.length);
    size += data.length;
  }

  private void room(int count) throws HostCallException {
    if (bytes.length - size >= count) {
      return;
    }
    long wanted = Math.max((long) bytes.length * 2, (long) size + count);
    if (wanted > Integer.MAX_VALUE - 8) {
      throw new HostCallException("MemoryError", "the result has more than 2 GB");
    }
    if (wanted > ROOM_IS_ASKED_FROM) {
      HeapRoom.require(wanted);
    }
    bytes = Arrays.copyOf(bytes, (int) wanted);
  }
}
