package io.pulzar.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Writes the fields of a value compactly: small numbers and short texts cost few bytes. */
public final class FieldWriter {

  private byte[] bytes = new byte[128];
  private int length;

  /** Seven bits a byte, with the sign folded into the lowest bit so that -1 is short too. */
  public FieldWriter number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    put((byte) rest);
    return this;
  }

  public FieldWriter flag(boolean value) {
    put((byte) (value ? 1 : 0));
    return this;
  }

  public FieldWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public FieldWriter bytes(byte[] value) {
    number(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** A moment with its nanoseconds. */
  public FieldWriter moment(Instant value) {
    return number(value.getEpochSecond()).number(value.getNano());
  }

  public FieldWriter optionalText(Optional<String> value) {
    flag(value.isPresent());
    value.ifPresent(this::text);
    return this;
  }

  public FieldWriter optionalMoment(Optional<Instant> value) {
    flag(value.isPresent());
    value.ifPresent(this::moment);
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void put(byte value) {
    reserve(1);
    bytes[length++] = value;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
