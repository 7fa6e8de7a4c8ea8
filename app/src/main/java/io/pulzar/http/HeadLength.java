package io.pulzar.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.JsonMapper;
import io.micronaut.web.router.RouteAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells HEAD how long the body of GET would be. The framework sets the body aside without measuring
 * it, and then has to close the connection, since nothing says where the answer ends.
 */
@ServerFilter(value = ServerFilter.MATCH_ALL_PATTERN, methods = HttpMethod.HEAD)
final class HeadLength {

  private final JsonMapper json;

  HeadLength(JsonMapper json) {
    this.json = json;
  }

  @ResponseFilter
  void measure(MutableHttpResponse<?> response) throws IOException {
    if (response.getHeaders().contains(HttpHeaders.CONTENT_LENGTH)) {
      return;
    }
    Object body = RouteAttributes.getHeadBody(response).orElseGet(response::body);
    if (body instanceof Envelope envelope) {
      response.contentLength(json.writeValueAsBytes(envelope).length);
    } else if (body instanceof String text) {
      response.contentLength(text.getBytes(StandardCharsets.UTF_8).length);
    }
  }
}
