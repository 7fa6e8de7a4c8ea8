package io.pulzar.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Times requests until the head of their answer is ready: {@code http_server_requests_seconds}, by
 * method, route and status. What a body takes that is streamed, such as a value or a log that is
 * followed, is not in it; nor is what never became a request.
 *
 * <p>The number of series can't grow with what clients send: a route counts by its template, what
 * has none as {@code UNMATCHED}, and methods and statuses that nobody knows count together. It
 * costs a look into a map and a timer's record.
 */
@Singleton
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestMetrics implements Ordered {

  private static final String NAME = "http.server.requests";
  private static final String BEGAN = "io.pulzar.http.began";
  private static final String ROUTE = "io.pulzar.http.route";
  private static final String UNMATCHED = "UNMATCHED";
  private static final String OTHER = "OTHER";

  /** An extension may answer with any; these are the ones that clients of ours meet. */
  private static final Set<Integer> STATUSES =
      Set.of(
          200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 408,
          409, 410, 411, 412, 413, 414, 415, 416, 421, 422, 423, 425, 426, 428, 429, 431, 500, 501,
          502, 503, 504, 507);

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10)
  };

  private record Key(String method, String route, String status) {}

  private final MeterRegistry registry;
  private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @PreMatching
  @RequestFilter
  void begin(HttpRequest<?> request) {
    request.setAttribute(BEGAN, System.nanoTime());
  }

  /** Noted now, because an error's answer has a route of its own. */
  @RequestFilter
  void matched(HttpRequest<?> request) {
    RouteAttributes.getRouteMatch(request)
        .ifPresent(
            match -> {
              if (match.getRouteInfo() instanceof UriRouteInfo<?, ?> route) {
                request.setAttribute(ROUTE, route.getUriMatchTemplate().toPathString());
              }
            });
  }

  @ResponseFilter
  void answered(HttpRequest<?> request, HttpResponse<?> response) {
    answered(request, response.code());
  }

  /** For who answers before routes are looked for, where no filter sees the answer. */
  void answered(HttpRequest<?> request, int code) {
    String route = request.getAttribute(ROUTE, String.class).orElse(UNMATCHED);
    Key key = new Key(method(request), route, status(code));
    request
        .getAttribute(BEGAN, Long.class)
        .ifPresent(
            began ->
                timers
                    .computeIfAbsent(key, this::timer)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
  }

  private Timer timer(Key key) {
    return Timer.builder(NAME)
        .description("Requests, until the head of their answer was ready.")
        .tags("method", key.method(), "uri", key.route(), "status", key.status())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static String method(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.CUSTOM ? OTHER : request.getMethod().name();
  }

  private static String status(int code) {
    return STATUSES.contains(code) ? Integer.toString(code) : code / 100 + "xx";
  }

  /** Before whoever refuses a request, so that refusals count too. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
