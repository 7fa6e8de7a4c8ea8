package io.pulzar.python;

import io.pulzar.health.HealthCheck;
import io.pulzar.health.Metrics;
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

  private final PythonRuntime python;

  PythonHealth(PythonRuntime python, Metrics metrics) {
    this.python = python;
    register(metrics, python::status);
    for (ScriptRuntime kind : ScriptRuntime.values()) {
      if (kind != ScriptRuntime.GRAALPY) {
        register(
            metrics,
            () -> python.statusOfOthers().getOrDefault(kind, NOT_NEEDED),
            "runtime",
            kind.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static void register(Metrics metrics, Supplier<RuntimeStatus> status, String... labels) {
    metrics.gauge(
        "pulzar_worker_slots", "Runs that may go on at once.", () -> status.get().slots(), labels);
    metrics.gauge("pulzar_worker_busy", "Runs going on.", () -> status.get().busy(), labels);
    metrics.gauge(
        "pulzar_worker_waiting",
        "Calls that wait for a worker.",
        () -> status.get().waiting(),
        labels);
    metrics.gauge(
        "pulzar_worker_processes",
        "Worker processes.",
        () -> status.get().workers().size(),
        labels);
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
