package io.pulzar.health;

import io.pulzar.health.HealthCheck.Health;
import io.pulzar.health.HealthCheck.State;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All checks of this server together. */
@Singleton
public final class HealthReport {

  private final List<HealthCheck> checks;

  HealthReport(List<HealthCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /** The condition of every part, by its name. */
  public Map<String, Health> parts() {
    Map<String, Health> parts = new TreeMap<>();
    checks.forEach(check -> parts.put(check.part(), check.check()));
    return parts;
  }

  /** The worst state of all parts. */
  public static State worst(Map<String, Health> parts) {
    return parts.values().stream().map(Health::state).max(State::compareTo).orElse(State.UP);
  }
}
