package io.pulzar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningTimeTest {

  private final long[] nanos = {1_000};
  private final RunningTime time = new RunningTime(() -> nanos[0], Duration.ofSeconds(1));

  @Test
  void timeThatPassesBetweenLooksCounts() {
    pass(Duration.ofMillis(200));
    assertThat(time.now()).isEqualTo(Duration.ofMillis(200));
    pass(Duration.ofMillis(900));
    assertThat(time.now()).isEqualTo(Duration.ofMillis(1_100));
  }

  @Test
  void aPauseCountsAsOneStep() {
    pass(Duration.ofSeconds(40));
    assertThat(time.now()).isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofMillis(200));
    assertThat(time.now()).isEqualTo(Duration.ofMillis(1_200));
  }

  private void pass(Duration duration) {
    nanos[0] += duration.toNanos();
  }
}
