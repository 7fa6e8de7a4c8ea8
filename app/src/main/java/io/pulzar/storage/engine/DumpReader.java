package io.pulzar.storage.engine;

import io.pulzar.storage.KeyForm;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads what a {@link DumpWriter} wrote. */
public final class DumpReader {

  private static final int LONGEST_VALUE = 1 << 30;

  private final DataInputStream in;
  private byte[] key = {};
  private byte[] value = {};

  /**
   * Begins with the head.
   *
   * @throws IOException when it is no dump that this version can read
   */
  public DumpReader(InputStream source) throws IOException {
    this.in = new DataInputStream(source);
    int head = ended(in::readInt);
    if (head != DumpWriter.HEAD) {
      throw new IOException("this is no database that this version can read");
    }
  }

  /** The name of the next table; empty: there is no further one. */
  public Optional<String> nextTable() throws IOException {
    boolean more = ended(in::readBoolean);
    return more ? Optional.of(ended(in::readUTF)) : Optional.empty();
  }

  /** Goes to the next entry of the table; false: there is no further one. */
  public boolean nextEntry() throws IOException {
    boolean more = ended(in::readBoolean);
    if (more) {
      key = bytes(KeyForm.LONGEST);
      value = bytes(LONGEST_VALUE);
    }
    return more;
  }

  public byte[] key() {
    return key;
  }

  public byte[] value() {
    return value;
  }

  private byte[] bytes(int most) throws IOException {
    int length = ended(in::readInt);
    if (length < 0 || length > most) {
      throw new IOException("the copy of a database is damaged");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw early(new EOFException());
    }
    return bytes;
  }

  private static <T> T ended(Read<T> read) throws IOException {
    try {
      return read.run();
    } catch (EOFException e) {
      throw early(e);
    }
  }

  private static IOException early(EOFException e) {
    return new IOException("the copy of a database ends early", e);
  }

  @FunctionalInterface
  private interface Read<T> {
    T run() throws IOException;
  }
}
