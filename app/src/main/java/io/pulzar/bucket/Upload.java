package io.pulzar.bucket;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object that comes in parts. It is there when {@link #complete} has returned; closed before
 * that, nothing is. For one thread.
 */
public final class Upload implements AutoCloseable {

  private final ObjectWrites writes;
  private final String name;
  private final String upload;
  private final About about;
  private final List<CompletedPart> parts = new ArrayList<>();
  private boolean complete;

  Upload(ObjectWrites writes, String name, String upload, About about) {
    this.writes = writes;
    this.name = name;
    this.upload = upload;
    this.about = about;
  }

  /** Writes the next part, of at least 5 MiB unless it is the last. */
  public void part(byte[] bytes, int length) throws BucketException {
    parts.add(writes.part(name, upload, parts.size() + 1, bytes, length));
  }

  /** Makes the parts an object. */
  public void complete() throws BucketException {
    writes.complete(name, upload, about, parts);
    complete = true;
  }

  @Override
  public void close() {
    if (!complete) {
      writes.abort(name, upload);
    }
  }
}
