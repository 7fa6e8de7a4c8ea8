package io.pulzar.health;

import io.pulzar.health.HealthCheck.Health;
import io.pulzar.health.HealthCheck.State;
import io.pulzar.upkeep.Loop;
import io.pulzar.upkeep.Loops;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All checks of this server together. */
@Singleton
public final class HealthReport {

  private final List<HealthCheck> checks;
  private final Loops loops;

  HealthReport(List<HealthCheck> checks, Loops loops) {
    this.checks = List.copyOf(checks);
    this.loops = loops;
  }

  /** The condition of every part, by its name. */
  public Map<String, Health> parts() {
    Map<String, Health> parts = new TreeMap<>();
    loops.states().forEach((part, loop) -> parts.put(part, health(loop)));
    checks.forEach(check -> parts.put(check.part(), check.check()));
    return parts;
  }

  /** Why the process can't go on and has to end, so that it is started again; empty: it can. */
  public Optional<String> loss() {
    return parts().entrySet().stream()
        .filter(part -> part.getValue().state() == State.LOST)
        .map(part -> part.getKey() + ": " + part.getValue().detail())
        .findFirst();
  }

  /** The worst state of all parts. */
  public static State worst(Map<String, Health> parts) {
    return parts.values().stream().map(Health::state).max(State::compareTo).orElse(State.UP);
  }

  private static Health health(Loop.State loop) {
    State state =
        switch (loop.condition()) {
          case FINE -> State.UP;
          case FAILING -> State.LIMITED;
          case LATE -> State.DOWN;
          case LOST -> State.LOST;
        };
    return new Health(state, loop.detail(), loop.last());
  }
}
