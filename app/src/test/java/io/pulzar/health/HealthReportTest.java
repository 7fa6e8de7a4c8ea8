package io.pulzar.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestTime;
import io.pulzar.health.HealthCheck.Health;
import io.pulzar.health.HealthCheck.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthReportTest {

  @Test
  void theWorstPartDecides() {
    assertThat(HealthReport.worst(Map.of())).isEqualTo(State.UP);
    assertThat(HealthReport.worst(Map.of("a", Health.up(""), "b", Health.starting("soon"))))
        .isEqualTo(State.STARTING);
    assertThat(
            HealthReport.worst(
                Map.of("a", Health.down("broken"), "b", Health.starting(""), "c", Health.up(""))))
        .isEqualTo(State.DOWN);
  }

  @Test
  void everyPartIsAskedByItsName() {
    HealthReport report = new HealthReport(List.of(part("disk"), part("python")), TestTime.loops());
    assertThat(report.parts()).containsOnlyKeys("disk", "python");
  }

  private static HealthCheck part(String name) {
    return new HealthCheck() {
      @Override
      public String part() {
        return name;
      }

      @Override
      public Health check() {
        return Health.up("well");
      }
    };
  }
}
