package io.pulzar.values;

import io.pulzar.bucket.About;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.Upload;
import io.pulzar.values.UploadReceiver.BrokenOffException;
import io.pulzar.values.UploadReceiver.TooLargeException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Receives one body into the bucket, with one part of it in memory at a time. The object is
 * complete when this has returned, and not there when it has not, except that an answer of the
 * bucket was lost. For one thread.
 */
final class ObjectReceiver {

  /** What was received. */
  record Received(long size, BlockChecksums checksums) {}

  private final Bucket bucket;
  private final long id;
  private final About about;
  private final long maxSize;
  private final byte[] part;
  private final BlockChecksums checksums = new BlockChecksums();
  private long size;

  /**
   * @param part where one part has room
   */
  ObjectReceiver(Bucket bucket, long id, About about, long maxSize, byte[] part) {
    this.bucket = bucket;
    this.id = id;
    this.about = about;
    this.maxSize = maxSize;
    this.part = part;
  }

  /**
   * Reads the body to its end.
   *
   * @throws TooLargeException as soon as it is too large
   * @throws BrokenOffException when the client did not send all of it
   * @throws io.pulzar.bucket.BucketException when the bucket did not take it
   */
  Received receive(InputStream body) throws IOException {
    try (body) {
      int length = fill(body, 0);
      int next = length < part.length ? -1 : more(body);
      if (next < 0) {
        bucket.write(id, about, part, length);
      } else {
        inParts(body, length, next);
      }
      return new Received(size, checksums);
    }
  }

  private void inParts(InputStream body, int first, int after) throws IOException {
    try (Upload upload = bucket.begin(id, about)) {
      int length = first;
      int next = after;
      while (next >= 0) {
        upload.part(part, length);
        part[0] = (byte) next;
        length = fill(body, 1);
        next = length < part.length ? -1 : more(body);
      }
      upload.part(part, length);
      upload.complete();
    }
  }

  /**
   * Fills the part as far as the body goes.
   *
   * @param there bytes of it that are there already
   */
  private int fill(InputStream body, int there) throws IOException {
    int length = there;
    try {
      length += body.readNBytes(part, there, part.length - there);
    } catch (IOException e) {
      throw new BrokenOffException(e);
    }
    size += length;
    if (size > maxSize) {
      throw new TooLargeException();
    }
    checksums.update(part, 0, length);
    return length;
  }

  /** The next byte; negative when there is none. */
  private static int more(InputStream body) throws BrokenOffException {
    try {
      return body.read();
    } catch (IOException e) {
      throw new BrokenOffException(e);
    }
  }
}
