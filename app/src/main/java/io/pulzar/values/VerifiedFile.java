package io.pulzar.values;

import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a value's file, block by block. A block is checked as a whole before any byte of
 * it is handed out.
 *
 * <p>For one reader at a time.
 */
final class VerifiedFile implements AutoCloseable {

  private final FileChannel channel;
  private final StoredValue value;
  private final int[] checksums;
  private final long end;
  private long position;
  private byte @Nullable [] first;

  private VerifiedFile(
      FileChannel channel, StoredValue value, int[] checksums, long from, long length) {
    this.channel = channel;
    this.value = value;
    this.checksums = checksums;
    this.position = from;
    this.end = from + length;
  }

  /**
   * Opens a file and checks the first block that is wanted.
   *
   * @param from first byte wanted
   * @param length bytes wanted; with {@code from} within the value
   * @throws DamagedValueException when the file is gone, too short or has other bytes
   */
  static VerifiedFile open(
      ValueFiles files, StoredValue value, Content.InFile content, long from, long length)
      throws IOException {
    FileChannel channel;
    try {
      channel = files.open(value.id());
    } catch (IOException e) {
      throw new DamagedValueException("its file can't be opened", e);
    }
    VerifiedFile file = new VerifiedFile(channel, value, content.blocks(), from, length);
    try {
      file.first = file.read().orElse(null);
      return file;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The next bytes, at most one block; empty at the end. The array is the caller's. */
  Optional<byte[]> next() throws IOException {
    if (first != null) {
      byte[] block = first;
      first = null;
      return Optional.of(block);
    }
    return read();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Optional<byte[]> read() throws IOException {
    if (position >= end) {
      return Optional.empty();
    }
    int number = Math.toIntExact(position / BlockChecksums.BLOCK);
    long start = (long) number * BlockChecksums.BLOCK;
    byte[] block = new byte[(int) Math.min(BlockChecksums.BLOCK, value.size() - start)];
    readFully(block, start);
    check(block, number);
    int from = (int) (position - start);
    int to = (int) Math.min(block.length, end - start);
    position = start + to;
    return Optional.of(
        from == 0 && to == block.length ? block : Arrays.copyOfRange(block, from, to));
  }

  private void readFully(byte[] block, long start) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(block);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, start + buffer.position()) < 0) {
        throw new DamagedValueException("its file is shorter than what was written");
      }
    }
  }

  private void check(byte[] block, int number) throws DamagedValueException {
    CRC32C checksum = new CRC32C();
    checksum.update(block);
    if (number >= checksums.length || (int) checksum.getValue() != checksums[number]) {
      throw new DamagedValueException("block " + number + " of its file has another checksum");
    }
  }
}
