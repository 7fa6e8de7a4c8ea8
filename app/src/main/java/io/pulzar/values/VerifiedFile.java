package io.pulzar.values;

import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a value's file, block by block. A block is checked as a whole before any byte of
 * it is handed out.
 *
 * <p>For one reader at a time.
 */
final class VerifiedFile implements VerifiedBytes {

  private final FileChannel channel;
  private final StoredValue value;
  private final int[] checksums;
  private final long end;
  private long position;
  private @Nullable ByteBuffer first;

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
      ByteBuffer first = ByteBuffer.allocate(BlockChecksums.BLOCK);
      if (file.next(first)) {
        file.first = first;
      }
      return file;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean next(ByteBuffer block) throws IOException {
    if (first != null) {
      block.clear().put(first).flip();
      first = null;
      return true;
    }
    if (position >= end) {
      return false;
    }
    int number = Math.toIntExact(position / BlockChecksums.BLOCK);
    long start = (long) number * BlockChecksums.BLOCK;
    block.clear().limit((int) Math.min(BlockChecksums.BLOCK, value.size() - start));
    readFully(block, start);
    check(block.flip(), number);
    int to = (int) Math.min(block.limit(), end - start);
    block.limit(to).position((int) (position - start));
    position = start + to;
    return true;
  }

  /** Reads and checks all that is left. */
  void checkRest() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BlockChecksums.BLOCK);
    while (position < end) {
      next(block);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void readFully(ByteBuffer block, long start) throws IOException {
    while (block.hasRemaining()) {
      if (channel.read(block, start + block.position()) < 0) {
        throw new DamagedValueException("its file is shorter than what was written");
      }
    }
  }

  private void check(ByteBuffer block, int number) throws DamagedValueException {
    if (!BlockChecksums.isBlock(checksums, number, block)) {
      throw new DamagedValueException("block " + number + " of its file has another checksum");
    }
  }
}
