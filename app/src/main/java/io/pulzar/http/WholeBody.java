package io.pulzar.http;

import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableAvailableByteBody;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/** A request's body as bytes, whatever its content type says, and empty when there is none. */
public final class WholeBody {

  private WholeBody() {}

  /**
   * Reads the body without holding a thread.
   *
   * @param mostBytes what the route takes at most; a longer body is refused, before it is read
   *     where its length is known
   * @param tooLarge the refusal
   */
  public static CompletionStage<byte[]> read(
      ServerHttpRequest<?> request, long mostBytes, LongFunction<ApiException> tooLarge) {
    ByteBody body = request.byteBody();
    if (body.expectedLength().orElse(0) > mostBytes) {
      throw tooLarge.apply(mostBytes);
    }
    return body.buffer()
        .thenApply(
            whole -> {
              try (CloseableAvailableByteBody closing = whole) {
                if (closing.length() > mostBytes) {
                  throw tooLarge.apply(mostBytes);
                }
                return closing.toByteArray();
              }
            });
  }
}
