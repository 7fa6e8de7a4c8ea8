package io.pulzar.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.pulzar.health.HealthCheck.Health;
import io.pulzar.health.HealthCheck.State;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.Role;
import io.pulzar.roles.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code GET /health}: 200 while it serves, 503 when a part is down. {@code GET /metrics}. */
@Controller
final class HealthController {

  private final HealthReport report;
  private final PrometheusMeterRegistry metrics;
  private final String role;

  HealthController(
      HealthReport report,
      PrometheusMeterRegistry metrics,
      @Property(name = Role.PROPERTY) String role) {
    this.report = report;
    this.metrics = metrics;
    this.role = role;
  }

  @Secured(Rights.PUBLIC)
  @Get("/health")
  HttpResponse<Envelope> health() {
    Map<String, Health> parts = report.parts();
    State worst = HealthReport.worst(parts);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("role", role);
    data.put("version", Version.CURRENT);
    data.put("ready", worst == State.UP);
    if (role.equals(Role.MASTER.toString())) {
      // A master that only stands by answers this itself, elsewhere.
      data.put("leader", true);
    }
    Map<String, Object> details = new LinkedHashMap<>();
    parts.forEach((part, health) -> details.put(part, describe(health)));
    data.put("parts", details);
    return worst.compareTo(State.DOWN) >= 0
        ? HttpResponse.<Envelope>serverError()
            .status(503)
            .body(Envelope.error("unhealthy", "a part of the server is down: see parts", data))
        : HttpResponse.ok(Envelope.ok(data));
  }

  @Secured(Rights.VIEW)
  @Get(value = "/metrics", produces = "text/plain; version=0.0.4; charset=utf-8")
  String metrics() {
    return metrics.scrape();
  }

  private static Map<String, String> describe(Health health) {
    Map<String, String> described = new LinkedHashMap<>();
    described.put("state", health.state().name().toLowerCase(Locale.ROOT));
    described.put("detail", health.detail());
    health.last().ifPresent(last -> described.put("last", Times.utc(last)));
    return described;
  }
}
