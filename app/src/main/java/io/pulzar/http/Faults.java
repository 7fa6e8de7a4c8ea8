package io.pulzar.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.pulzar.settings.ServerSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a request before anybody knows what it wants. */
final class Faults {

  private Faults() {}

  /**
   * What is wrong with a head that the decoder could read (RFC 9112, sections 3.2 and 6.1); null:
   * nothing. With two ways to tell where its body ends, another reader of the same bytes would see
   * another request.
   */
  static @Nullable ApiException of(HttpRequest head) {
    HttpHeaders headers = head.headers();
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1 || (hosts.isEmpty() && isCurrent(head))) {
      return ApiException.badRequest(
          "bad_host",
          "a request of HTTP/1.1 has one Host header, and this one has " + hosts.size());
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty() && !(isChunked(codings) && isCurrent(head))) {
      return ApiException.badRequest(
          "bad_transfer_encoding",
          "Transfer-Encoding may be chunked, in HTTP/1.1, and nothing else; leave it out where"
              + " Content-Length says how long the body is");
    }
    return null;
  }

  private static boolean isChunked(List<String> codings) {
    return codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked");
  }

  private static boolean isCurrent(HttpRequest head) {
    return head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
  }

  static ApiException bodyMalformed() {
    return ApiException.badRequest(
        "body_malformed", "the body can't be decoded, its chunks are broken; nothing was done");
  }

  static ApiException slow() {
    return ApiException.tooSlow(
        "the request did not arrive in time; send it faster, or raise " + ServerSettings.PATIENCE);
  }

  static ApiException crowded() {
    return ApiException.unavailable(
        "too_many_connections",
        "too many connections are open; close some, or raise " + ServerSettings.CONNECTIONS,
        Duration.ofSeconds(1));
  }

  /** The envelope of one of these, in whose text nothing needs to be escaped. */
  static String json(ApiException refusal) {
    return "{\"data\":null,\"status\":\"ko\",\"msg\":\"%s\",\"code\":\"%s\"}"
        .formatted(refusal.getMessage(), refusal.code());
  }
}
