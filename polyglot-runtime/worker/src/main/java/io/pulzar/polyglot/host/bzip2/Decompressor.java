package io.pulzar.polyglot.host.bzip2;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.HeapRoom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Decompresses one stream that comes in pieces.
 *
 * <p>The library can not wait for more input in the middle of a block. A block begins with 48 known
 * bits, so its end is where these, or those of the stream's end, come again; it is then handed over
 * as a stream of its own. That the same 48 bits stand inside of a block happens once in 2^48 bits,
 * and is taken for damage.
 *
 * <p>Blocks are decoded when their content is asked for, so a small input can not become a large
 * output unasked.
 */
final class Decompressor {

  private static final long BLOCK = 0x314159265359L;
  private static final long END = 0x177245385090L;
  private static final int MAGIC_BITS = 48;
  private static final int CHECKSUM_BITS = 32;
  private static final int HEADER_BITS = 32;
  private static final long MASK = (1L << MAGIC_BITS) - 1;
  private static final int LEVEL_BYTES = 100_000;

  /** A block that holds random bytes is not larger than this. */
  private static final long LARGEST_BLOCK_BITS = 8L * 1_200_000;

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private byte[] input = new byte[0];
  private byte[] ready = new byte[0];
  private int readyFrom;

  /** Where the block begins that is to be decoded next; all positions are bits of the input. */
  private long block;

  private long searched;
  private long window;
  private int level;
  private int checksum;
  private boolean ended;

  synchronized void feed(byte[] data) throws HostCallException {
    int consumed = (int) (block / 8);
    HeapRoom.require(input.length - consumed + data.length);
    byte[] grown = Arrays.copyOfRange(input, consumed, input.length + data.length);
    System.arraycopy(data, 0, grown, input.length - consumed, data.length);
    input = grown;
    block -= consumed * 8L;
    searched = Math.max(0, searched - consumed * 8L);
  }

  /**
   * Content that is there now.
   *
   * @param most how many bytes at the most, negative for all
   */
  synchronized byte[] take(int most) throws IOException, HostCallException {
    content.reset();
    while (most < 0 || content.size() < most) {
      if (readyFrom == ready.length && !decodeNext()) {
        break;
      }
      int wanted = most < 0 ? Integer.MAX_VALUE : most - content.size();
      int count = Math.min(ready.length - readyFrom, wanted);
      HeapRoom.require(2L * (content.size() + count));
      content.write(ready, readyFrom, count);
      readyFrom += count;
    }
    return content.toByteArray();
  }

  /** Whether the stream is over and all of its content was taken. */
  synchronized boolean ended() {
    return ended && readyFrom == ready.length;
  }

  /** What followed the stream. */
  synchronized byte[] unused() {
    return Arrays.copyOfRange(input, (int) Math.ceilDiv(block, 8L), input.length);
  }

  /** Decodes one block; false when the input does not hold a whole one, or no more. */
  private boolean decodeNext() throws IOException, HostCallException {
    if (ended || (level == 0 && !readHeader()) || available() < MAGIC_BITS) {
      return false;
    }
    long magic = bits(block, MAGIC_BITS);
    if (magic == END) {
      return readEnd();
    }
    if (magic != BLOCK) {
      throw new IOException("neither a block nor the end");
    }
    long end = nextMagic();
    if (end >= 0) {
      decode(end);
      block = end;
      return true;
    }
    if (available() > LARGEST_BLOCK_BITS) {
      throw new IOException("the block has no end");
    }
    return false;
  }

  private boolean readHeader() throws IOException {
    byte[] expected = {'B', 'Z', 'h'};
    for (int i = 0; i < Math.min(input.length, expected.length); i++) {
      if (input[i] != expected[i]) {
        throw new IOException("not bzip2");
      }
    }
    if (input.length <= expected.length) {
      return false;
    }
    level = input[3] - '0';
    if (level < 1 || level > 9) {
      throw new IOException("not bzip2");
    }
    block = HEADER_BITS;
    return true;
  }

  private boolean readEnd() throws IOException {
    if (available() < MAGIC_BITS + CHECKSUM_BITS) {
      return false;
    }
    if ((int) bits(block + MAGIC_BITS, CHECKSUM_BITS) != checksum) {
      throw new IOException("wrong checksum");
    }
    block += MAGIC_BITS + CHECKSUM_BITS;
    ended = true;
    return false;
  }

  /** Where the next block or the end begins, after what was searched already; -1 when not yet. */
  private long nextMagic() {
    if (searched <= block) {
      searched = block + MAGIC_BITS;
      window = 0;
    }
    long total = input.length * 8L;
    while (searched < total) {
      window = (window << 1 | bit(searched++)) & MASK;
      if ((window == BLOCK || window == END) && searched - block >= 2 * MAGIC_BITS) {
        return searched - MAGIC_BITS;
      }
    }
    return -1;
  }

  /** Decodes what lies from the block's begin to there, as a stream of one block. */
  private void decode(long end) throws IOException, HostCallException {
    int blockChecksum = (int) bits(block + MAGIC_BITS, CHECKSUM_BITS);
    byte[] stream = stream(end, blockChecksum);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(level * LEVEL_BYTES);
    try (InputStream decoder = new BZip2CompressorInputStream(new ByteArrayInputStream(stream))) {
      // Runs are packed once more before, so that a block may hold fifty times its size.
      for (byte[] part = decoder.readNBytes(LEVEL_BYTES);
          part.length > 0;
          part = decoder.readNBytes(LEVEL_BYTES)) {
        HeapRoom.require(2L * (decoded.size() + part.length));
        decoded.write(part, 0, part.length);
      }
    }
    ready = decoded.toByteArray();
    readyFrom = 0;
    checksum = Integer.rotateLeft(checksum, 1) ^ blockChecksum;
  }

  private byte[] stream(long end, int blockChecksum) {
    int bits = (int) (end - block);
    byte[] stream = new byte[4 + Math.ceilDiv(bits + MAGIC_BITS + CHECKSUM_BITS, 8)];
    stream[0] = 'B';
    stream[1] = 'Z';
    stream[2] = 'h';
    stream[3] = (byte) ('0' + level);
    int shift = (int) (block % 8);
    int from = (int) (block / 8);
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      int next = from + i + 1 < input.length ? input[from + i + 1] & 0xff : 0;
      stream[4 + i] = (byte) (((input[from + i] & 0xff) << 8 | next) >> (8 - shift));
    }
    int at = 32 + whole * 8;
    at = put(stream, at, bits(block + whole * 8L, bits % 8), bits % 8);
    at = put(stream, at, END, MAGIC_BITS);
    put(stream, at, blockChecksum & 0xffffffffL, CHECKSUM_BITS);
    return stream;
  }

  private static int put(byte[] stream, int at, long value, int count) {
    int position = at;
    for (int i = count - 1; i >= 0; i--) {
      stream[position / 8] |= (byte) (((value >> i) & 1) << (7 - position % 8));
      position++;
    }
    return position;
  }

  private long available() {
    return input.length * 8L - block;
  }

  private long bits(long from, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit(from + i);
    }
    return value;
  }

  private int bit(long at) {
    return input[(int) (at / 8)] >> (7 - at % 8) & 1;
  }
}
