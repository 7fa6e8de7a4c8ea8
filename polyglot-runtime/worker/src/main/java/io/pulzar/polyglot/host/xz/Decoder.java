package io.pulzar.polyglot.host.xz;

import io.pulzar.polyglot.HostCallException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZFormatException;

/** Decompresses one stream in steps. */
final class Decoder {

  /** Where a step has left it. */
  enum State {
    NEEDS_INPUT,
    HAS_MORE,
    ENDED
  }

  /** What a step gave. */
  static final class Step {

    final byte[] output;
    final State state;

    private Step(byte[] output, State state) {
      this.output = output;
      this.state = state;
    }
  }

  /** What the caller hands over. */
  private static final class Request {

    private final byte[] input;
    private final int most;

    private Request(byte[] input, int most) {
      this.input = input;
      this.most = most;
    }
  }

  /** What comes back: a step, or why there is none. */
  private record Reply(@Nullable Step step, @Nullable Throwable failure) {}

  private static final int FIRST_BYTE_OF_XZ = 0xFD;
  private static final int CHUNK_BYTES = 8192;
  private static final int HEADER_BYTES = 13;
  private static final int MOST_PROPERTIES = 225;
  private static final int SIZE_BITS = 38;

  private final XzFormat format;
  private final int memoryKilobytes;
  private final @Nullable FilterChain filters;
  private final SynchronousQueue<Request> requests = new SynchronousQueue<>();
  private final SynchronousQueue<Reply> replies = new SynchronousQueue<>();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Input input = new Input();
  private int most;
  private boolean begun;
  private boolean over;

  Decoder(XzFormat format, int memoryKilobytes, @Nullable FilterChain filters) {
    this.format = format;
    this.memoryKilobytes = memoryKilobytes;
    this.filters = filters;
  }

  /**
   * Takes input and gives output.
   *
   * @param mostBytes of output; negative for all there is
   */
  synchronized Step step(byte[] data, int mostBytes) throws IOException, HostCallException {
    if (over) {
      throw new HostCallException("EOFError", "Already at end of stream");
    }
    try {
      if (!begun) {
        begun = true;
        Thread.ofVirtual().name("xz").start(this::decode);
      }
      requests.put(new Request(data, mostBytes));
      Reply reply = replies.take();
      Step step = reply.step();
      over = step == null || step.state == State.ENDED;
      if (step != null) {
        return step;
      }
      switch (reply.failure()) {
        case IOException e -> throw e;
        case OutOfMemoryError e -> throw e;
        case null, default -> throw new IOException("damaged");
      }
    } catch (InterruptedException e) {
      over = true;
      Thread.currentThread().interrupt();
      throw new HostCallException("InterruptedError", "the run is being stopped");
    }
  }

  /** What followed the end of the stream. */
  synchronized byte[] unused() {
    return input.rest();
  }

  private void decode() {
    try {
      take(requests.take());
      InputStream stream = open();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (true) {
        while (most >= 0 && output.size() >= most) {
          reply(State.HAS_MORE);
        }
        int wanted = most < 0 ? chunk.length : Math.min(chunk.length, most - output.size());
        int count = stream.read(chunk, 0, wanted);
        if (count < 0) {
          break;
        }
        output.write(chunk, 0, count);
      }
      replies.put(new Reply(new Step(output.toByteArray(), State.ENDED), null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    try {
      replies.put(new Reply(null, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InputStream open() throws IOException {
    FilterChain chain = filters;
    if (format == XzFormat.RAW && chain != null) {
      return raw(chain);
    }
    boolean xz =
        format == XzFormat.XZ
            || (format == XzFormat.AUTO && (input.peek(1)[0] & 0xFF) == FIRST_BYTE_OF_XZ);
    if (!xz) {
      checkHeader(ByteBuffer.wrap(input.peek(HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN));
    }
    return xz
        ? new SingleXZInputStream(input, memoryKilobytes)
        : new LZMAInputStream(input, memoryKilobytes);
  }

  /** The older format has no magic number; what liblzma never writes is something else. */
  private static void checkHeader(ByteBuffer header) throws XZFormatException {
    int properties = header.get() & 0xFF;
    int dictionary = header.getInt();
    long size = header.getLong();
    int rest = dictionary & ~Integer.highestOneBit(dictionary);
    boolean written =
        dictionary == -1
            || (dictionary != 0 && (rest == 0 || rest == Integer.highestOneBit(dictionary) >>> 1));
    if (properties >= MOST_PROPERTIES || !written || (size != -1 && size >>> SIZE_BITS != 0)) {
      throw new XZFormatException();
    }
  }

  private InputStream raw(FilterChain chain) throws IOException {
    InputStream stream =
        chain.lzma1()
            ? new LZMAInputStream(
                input,
                -1,
                chain.last().getLc(),
                chain.last().getLp(),
                chain.last().getPb(),
                chain.last().getDictSize(),
                null)
            : chain.last().getInputStream(input);
    for (FilterOptions filter : chain.before().reversed()) {
      stream = filter.getInputStream(stream);
    }
    return stream;
  }

  private void take(Request request) {
    input.add(request.input);
    most = request.most;
  }

  /** Hands over what there is, and rests until more is asked for. */
  private void reply(State state) throws InterruptedException {
    byte[] done = output.toByteArray();
    output.reset();
    replies.put(new Reply(new Step(done, state), null));
    take(requests.take());
  }

  /** Rests when it is used up, instead of ending. */
  private final class Input extends InputStream {

    private byte[] bytes = new byte[0];
    private int at;

    void add(byte[] more) {
      byte[] rest = rest();
      bytes = Arrays.copyOf(rest, rest.length + more.length);
      System.arraycopy(more, 0, bytes, rest.length, more.length);
      at = 0;
    }

    byte[] rest() {
      return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    byte[] peek(int count) throws IOException {
      await(count);
      return Arrays.copyOfRange(bytes, at, at + count);
    }

    @Override
    public int read() throws IOException {
      await(1);
      return bytes[at++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      await(1);
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, target, offset, count);
      at += count;
      return count;
    }

    private void await(int count) throws IOException {
      try {
        while (bytes.length - at < count) {
          reply(State.NEEDS_INPUT);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
