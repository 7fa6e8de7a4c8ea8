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
import io.pulzar.http.BrowserRules.Visit;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rules for browsers to every request before anything else looks at it, and tells
 * browsers of them: a header on every answer, errors included, and an answer to the question that
 * they ask first, on every path.
 */
@Singleton
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class BrowserFilter implements Ordered {

  private static final String METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS";
  private static final String EXPOSED = "Location, ETag, Content-Range, Retry-After, Allow";
  private static final String A_DAY = "86400";

  private final BrowserRules rules;
  private final RequestMetrics metrics;
  private final Duration https;

  BrowserFilter(BrowserRules rules, RequestMetrics metrics, Settings settings) {
    this.rules = rules;
    this.metrics = metrics;
    this.https = settings.get(TlsSettings.HSTS);
  }

  @PreMatching
  @RequestFilter
  @Nullable HttpResponse<?> admit(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    Visit visit =
        new Visit(
            headers.get(HttpHeaders.HOST),
            headers.get(HttpHeaders.ORIGIN),
            headers.get("Sec-Fetch-Site"),
            headers.get("Sec-Fetch-Mode"),
            request.getMethodName(),
            request.getPath());
    try {
      check(visit, request.getUri().getRawQuery());
    } catch (ApiException refusal) {
      metrics.answered(request, refusal.status());
      throw refusal;
    }
    return request.getMethod() == HttpMethod.OPTIONS && !hasAnswerOfItsOwn(request)
        ? preflight(request)
        : null;
  }

  private void check(Visit visit, @Nullable String query) {
    rules
        .refusal(visit)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    if (query != null) {
      QueryText.check(query);
    }
  }

  /** Clients of text records ask without a browser what is possible, and get their own answer. */
  private static boolean hasAnswerOfItsOwn(HttpRequest<?> request) {
    return request.getPath().startsWith("/text/")
        && !request.getHeaders().contains(HttpHeaders.ORIGIN);
  }

  private HttpResponse<?> preflight(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String asked = headers.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    MutableHttpResponse<?> answer =
        HttpResponse.noContent()
            .header(HttpHeaders.ALLOW, METHODS)
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked == null ? "*" : asked)
            .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
    mark(headers, answer);
    metrics.answered(request, answer.code());
    return answer;
  }

  @ResponseFilter
  void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
    mark(request.getHeaders(), response);
    if (request.isSecure() && https.isPositive()) {
      response.header("Strict-Transport-Security", "max-age=" + https.toSeconds());
    }
  }

  private void mark(HttpHeaders headers, MutableHttpResponse<?> response) {
    if (rules.dependsOnOrigin()) {
      response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    rules
        .allowedOrigin(headers.get(HttpHeaders.ORIGIN), headers.get(HttpHeaders.HOST))
        .ifPresent(
            allowed -> {
              response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
              response.header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            });
  }

  @Override
  public int getOrder() {
    // Behind what times requests, and before everything else.
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }
}
