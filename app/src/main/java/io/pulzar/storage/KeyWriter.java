package io.pulzar.storage;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes the parts of a key so that byte order is the order of the parts, the first one first. */
public final class KeyWriter {

  /** Ends a text that is followed by other parts; sorts before every other byte. */
  static final byte END = 0;

  private final ByteBuffer target;

  public KeyWriter(ByteBuffer target) {
    this.target = target;
  }

  public KeyWriter number(long value) {
    reserve(Long.BYTES);
    target.putLong(value ^ Long.MIN_VALUE);
    return this;
  }

  /** A number from 0 to 255, for states and kinds. */
  public KeyWriter small(int value) {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("a small key part is 0 to 255, got " + value);
    }
    reserve(1);
    target.put((byte) value);
    return this;
  }

  /** A moment in milliseconds; what is finer is dropped. */
  public KeyWriter moment(Instant value) {
    return number(value.toEpochMilli());
  }

  /** Text that may be followed by further parts. It must not contain the character U+0000. */
  public KeyWriter text(String value) {
    if (value.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a text inside a key cannot contain U+0000");
    }
    lastText(value);
    reserve(1);
    target.put(END);
    return this;
  }

  /** Text that is the key's last part. */
  public KeyWriter lastText(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    reserve(bytes.length);
    target.put(bytes);
    return this;
  }

  private void reserve(int bytes) {
    if (target.remaining() < bytes) {
      throw new IllegalArgumentException(
          "a key has at most " + KeyForm.LONGEST + " bytes", new BufferOverflowException());
    }
  }
}
