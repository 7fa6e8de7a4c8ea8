package io.pulzar.python;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pulzar.health.HealthCheck;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.polyglot.WallReport;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether Python is ready, and how busy its workers are. */
@Singleton
final class PythonHealth implements HealthCheck {

  /** A kind of worker that no script has asked for yet. */
  private static final RuntimeStatus NOT_NEEDED =
      new RuntimeStatus(false, false, 0, 0, 0, List.of(), WallReport.none("there are no workers"));

  /** GraalPy's workers: to Prometheus, an empty label is none. */
  private static final String UNNAMED = "";

  private final PythonRuntime python;

  PythonHealth(PythonRuntime python, MeterRegistry metrics) {
    this.python = python;
    register(metrics, python::status, UNNAMED);
    for (ScriptRuntime kind : ScriptRuntime.values()) {
      if (kind != ScriptRuntime.GRAALPY) {
        register(
            metrics,
            () -> python.statusOfOthers().getOrDefault(kind, NOT_NEEDED),
            kind.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static void register(
      MeterRegistry metrics, Supplier<RuntimeStatus> status, String runtime) {
    gauge(metrics, "slots", "Runs that may go on at once.", () -> status.get().slots(), runtime);
    gauge(metrics, "busy", "Runs going on.", () -> status.get().busy(), runtime);
    gauge(
        metrics, "waiting", "Calls that wait for a worker.", () -> status.get().waiting(), runtime);
    gauge(metrics, "processes", "Worker processes.", () -> status.get().workers().size(), runtime);
  }

  private static void gauge(
      MeterRegistry metrics,
      String what,
      String description,
      Supplier<Number> value,
      String runtime) {
    Gauge.builder("pulzar.worker." + what, value)
        .description(description)
        .tag("runtime", runtime)
        .register(metrics);
  }

  @Override
  public String part() {
    return "python";
  }

  @Override
  public Health check() {
    RuntimeStatus status = python.status();
    if (!status.ready()) {
      return Health.starting("the first worker is not warm yet");
    }
    String compiled =
        status.compiled()
            ? "scripts are compiled"
            : "scripts are interpreted, several times slower; pulzar doctor tells why";
    return Health.up(compiled + others() + "; " + status.wall().description());
  }

  private String others() {
    return python.statusOfOthers().entrySet().stream()
        .map(
            kind ->
                "; %d workers of %s, %d busy"
                    .formatted(
                        kind.getValue().workers().size(),
                        kind.getKey().name().toLowerCase(Locale.ROOT),
                        kind.getValue().busy()))
        .collect(Collectors.joining());
  }
}
