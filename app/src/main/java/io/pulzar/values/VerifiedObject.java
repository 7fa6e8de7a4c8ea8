package io.pulzar.values;

import io.pulzar.bucket.Bucket;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a value from the bucket, block by block. A block that is not what was written is
 * read once more, since it may have been spoiled on its way, before the value counts as damaged.
 *
 * <p>For one reader at a time.
 */
final class VerifiedObject implements VerifiedBytes {

  private final Bucket bucket;
  private final StoredValue value;
  private final int[] checksums;
  private final long end;
  private final byte[] buffer;
  private long position;
  private @Nullable InputStream stream;
  private int ready;

  private VerifiedObject(
      Bucket bucket, StoredValue value, int[] checksums, long from, long length) {
    this.bucket = bucket;
    this.value = value;
    this.checksums = checksums;
    this.position = from;
    this.end = from + length;
    this.buffer = new byte[(int) Math.min(BlockChecksums.BLOCK, Math.max(1, value.size()))];
  }

  /**
   * Opens an object and checks the first block that is wanted.
   *
   * @param from first byte wanted
   * @param length bytes wanted; with {@code from} within the value
   * @throws DamagedValueException when it has other bytes
   * @throws io.pulzar.bucket.BucketException when it is not there, or the bucket does not answer
   */
  static VerifiedObject open(
      Bucket bucket, StoredValue value, int[] checksums, long from, long length)
      throws IOException {
    VerifiedObject object = new VerifiedObject(bucket, value, checksums, from, length);
    try {
      if (length > 0) {
        object.stream = object.from(object.block());
        object.fill();
      }
      return object;
    } catch (IOException e) {
      object.close();
      throw e;
    }
  }

  @Override
  public boolean next(ByteBuffer block) throws IOException {
    if (position >= end) {
      return false;
    }
    if (ready == 0) {
      fill();
    }
    long start = (long) block() * BlockChecksums.BLOCK;
    int offset = (int) (position - start);
    int length = (int) Math.min(ready - offset, end - position);
    block.clear().put(buffer, offset, length).flip();
    position += length;
    ready = 0;
    return true;
  }

  /** Reads all that is left, into a file or nowhere. */
  void copyTo(OutputStream out) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BlockChecksums.BLOCK);
    while (next(block)) {
      out.write(block.array(), block.position(), block.remaining());
    }
  }

  private int block() {
    return Math.toIntExact(position / BlockChecksums.BLOCK);
  }

  private InputStream from(int block) throws IOException {
    long start = (long) block * BlockChecksums.BLOCK;
    long blocks = (end + BlockChecksums.BLOCK - 1) / BlockChecksums.BLOCK;
    long stop = Math.min(value.size(), blocks * BlockChecksums.BLOCK);
    return bucket.read(value.id(), start, stop - start);
  }

  private void fill() throws IOException {
    if (!fillOnce()) {
      close();
      stream = from(block());
      if (!fillOnce()) {
        throw new DamagedValueException("block " + block() + " of its object has another checksum");
      }
    }
  }

  private boolean fillOnce() throws IOException {
    int number = block();
    int length =
        (int) Math.min(BlockChecksums.BLOCK, value.size() - (long) number * BlockChecksums.BLOCK);
    InputStream open = stream;
    if (open == null || open.readNBytes(buffer, 0, length) < length) {
      throw new EOFException("the object ended too early");
    }
    ready = length;
    return BlockChecksums.isBlock(checksums, number, ByteBuffer.wrap(buffer, 0, length));
  }

  @Override
  public void close() throws IOException {
    InputStream open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }
}
