package io.pulzar.storage.postgres;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a key, in the order of tables: as unsigned numbers, and what is shorter first. */
final class Bytes implements Comparable<Bytes> {

  static final Bytes NONE = new Bytes(new byte[0]);

  private final byte[] array;

  /**
   * Takes them as they are.
   *
   * @param array not to be changed any more
   */
  Bytes(byte[] array) {
    this.array = array;
  }

  byte[] array() {
    return array;
  }

  int length() {
    return array.length;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(array);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return Arrays.toString(array);
  }
}
