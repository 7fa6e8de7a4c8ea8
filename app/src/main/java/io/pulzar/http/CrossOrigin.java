package io.pulzar.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other origins use the API: a header on every answer, errors included, and an answer
 * to the question that browsers ask first, on every path.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CrossOrigin implements Ordered {

  private static final String METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS";
  private static final String EXPOSED = "Location, ETag, Content-Range, Retry-After, Allow";
  private static final String A_DAY = "86400";

  private final String origin;

  CrossOrigin(Settings settings) {
    this.origin = settings.get(ServerSettings.CORS);
  }

  @PreMatching
  @RequestFilter
  @Nullable HttpResponse<?> preflight(HttpRequest<?> request) {
    if (request.getMethod() != HttpMethod.OPTIONS || isPlain(request)) {
      return null;
    }
    MutableHttpResponse<?> answer = HttpResponse.noContent().header(HttpHeaders.ALLOW, METHODS);
    String asked = request.getHeaders().get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    allowOrigin(answer)
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked == null ? "*" : asked)
        .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
    return answer;
  }

  /** Clients of text records ask without a browser what is possible, and get their own answer. */
  private static boolean isPlain(HttpRequest<?> request) {
    return request.getPath().startsWith("/text/")
        && !request.getHeaders().contains(HttpHeaders.ORIGIN);
  }

  @ResponseFilter
  void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (request.getMethod() != HttpMethod.OPTIONS) {
      allowOrigin(response).header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
  }

  private MutableHttpResponse<?> allowOrigin(MutableHttpResponse<?> response) {
    response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if (!origin.equals("*")) {
      response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    return response;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
