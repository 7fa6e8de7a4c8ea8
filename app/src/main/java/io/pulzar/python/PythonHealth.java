package io.pulzar.python;

import io.pulzar.health.HealthCheck;
import io.pulzar.health.Metrics;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RuntimeStatus;
import jakarta.inject.Singleton;

/** Whether Python is ready, and how busy its workers are. */
@Singleton
final class PythonHealth implements HealthCheck {

  private final PythonRuntime python;

  PythonHealth(PythonRuntime python, Metrics metrics) {
    this.python = python;
    metrics.gauge(
        "pulzar_worker_slots", "Runs that may go on at once.", () -> python.status().slots());
    metrics.gauge("pulzar_worker_busy", "Runs going on.", () -> python.status().busy());
    metrics.gauge(
        "pulzar_worker_waiting", "Calls that wait for a worker.", () -> python.status().waiting());
    metrics.gauge(
        "pulzar_worker_processes", "Worker processes.", () -> python.status().workers().size());
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
    return Health.up(compiled + "; " + status.wall().description());
  }
}
