package io.pulzar.values;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableAvailableByteBody;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The body of an HTTP request. Reading it is what makes the server answer {@code 100 Continue}; a
 * body that is never read is thrown away by the server. It is read at first hand and not by way of
 * a split: the transport would keep what passed for the other half, and refuse the body when that
 * is too much.
 */
final class HttpUpload implements UploadBody {

  private final ByteBody body;

  private HttpUpload(ByteBody body) {
    this.body = body;
  }

  static HttpUpload of(HttpRequest<?> request) {
    if (request instanceof ServerHttpRequest<?> received) {
      return new HttpUpload(received.byteBody());
    }
    throw new IllegalStateException("only requests that the server received have a body to read");
  }

  @Override
  public OptionalLong announced() {
    return body.expectedLength();
  }

  @Override
  public CompletionStage<byte[]> whole() {
    return body.buffer().thenApply(HttpUpload::bytes);
  }

  @Override
  public InputStream stream() {
    return body.toInputStream();
  }

  private static byte[] bytes(CloseableAvailableByteBody whole) {
    try (whole) {
      return whole.toByteArray();
    }
  }
}
