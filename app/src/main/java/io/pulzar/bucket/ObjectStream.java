package io.pulzar.bucket;

import io.pulzar.bucket.BucketException.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A part of an object while it arrives. A connection that is lost is begun anew at the byte that
 * was to come, until nothing has come for as long as there is patience. For one thread.
 */
final class ObjectStream extends InputStream {

  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Bucket bucket;
  private final long id;
  private final long end;
  private long position;
  private long heard = System.nanoTime();
  private long pause = FIRST_PAUSE_MILLIS;
  private @Nullable ResponseInputStream<GetObjectResponse> open;

  ObjectStream(Bucket bucket, long id, long from, long length) {
    this.bucket = bucket;
    this.id = id;
    this.position = from;
    this.end = from + length;
  }

  void open() throws BucketException {
    open = bucket.get(id, position, end);
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (position >= end) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    while (true) {
      int count = readOnce(into, offset, (int) Math.min(length, end - position));
      if (count > 0) {
        position += count;
        heard = System.nanoTime();
        pause = FIRST_PAUSE_MILLIS;
        return count;
      }
      goOn();
    }
  }

  /** Nothing, when the connection is lost. */
  private int readOnce(byte[] into, int offset, int length) throws BucketException {
    ResponseInputStream<GetObjectResponse> stream = open;
    if (stream == null) {
      open();
      return readOnce(into, offset, length);
    }
    try {
      return stream.read(into, offset, length);
    } catch (IOException e) {
      return 0;
    }
  }

  private void goOn() throws BucketException {
    close();
    if (System.nanoTime() - heard > bucket.patience().toNanos()) {
      throw new BucketException(
          Reason.AWAY, "reading from " + bucket.url() + " was cut off and could not go on");
    }
    bucket.rest("reading", pause);
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
  }

  @Override
  public void close() {
    ResponseInputStream<GetObjectResponse> stream = open;
    open = null;
    if (stream != null) {
      // Closing would read what is left.
      stream.abort();
    }
  }
}
