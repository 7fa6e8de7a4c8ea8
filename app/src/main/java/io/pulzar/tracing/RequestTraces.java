package io.pulzar.tracing;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.pulzar.roles.OnMaster;
import java.util.Map;
import java.util.Optional;

/** Makes a span of each request that starts a job, as part of its caller's trace. */
@OnMaster
@ServerFilter(patterns = {"/launch_job/**", "/mcp", "/admin/jobs/*/rerun"})
public final class RequestTraces {

  private static final String BEGUN = "io.pulzar.tracing.begun";

  private final Tracing tracing;

  RequestTraces(TracingSwitch tracing) {
    this.tracing = tracing.tracing();
  }

  /** Where the span of a request stands; empty where there is none. */
  public static Optional<String> of(HttpRequest<?> request) {
    return request.getAttribute(BEGUN, Tracing.Begun.class).map(Tracing.Begun::traceparent);
  }

  @RequestFilter
  void begin(HttpRequest<?> request) {
    tracing
        .begin(
            name(request),
            Tracing.Origin.REQUEST,
            Optional.ofNullable(request.getHeaders().get("traceparent")))
        .ifPresent(begun -> request.setAttribute(BEGUN, begun));
  }

  @ResponseFilter
  void end(HttpRequest<?> request, HttpResponse<?> response) {
    request
        .getAttribute(BEGUN, Tracing.Begun.class)
        .ifPresent(
            begun ->
                begun.end(
                    Map.of(
                        "http.request.method",
                        request.getMethodName(),
                        "url.path",
                        request.getPath(),
                        "http.response.status_code",
                        response.code()),
                    response.code() >= 500));
  }

  /** Without what differs from request to request, as names of spans should be. */
  private static String name(HttpRequest<?> request) {
    String path = request.getPath();
    return request.getMethodName()
        + (path.startsWith("/launch_job/")
            ? " /launch_job"
            : path.equals("/mcp") ? " /mcp" : " rerun");
  }
}
