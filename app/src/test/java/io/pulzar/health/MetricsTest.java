package io.pulzar.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics();

  @Test
  void aCounterShowsItsHelpItsTypeAndItsSum() {
    metrics.counter("pulzar_jobs_total", "Jobs taken.").increment();
    metrics.counter("pulzar_jobs_total", "Jobs taken.").add(2);
    assertThat(metrics.render())
        .isEqualTo(
            """
            # HELP pulzar_jobs_total Jobs taken.
            # TYPE pulzar_jobs_total counter
            pulzar_jobs_total 3
            """);
  }

  @Test
  void seriesOfOneNameStandTogetherBelowOneHeading() {
    metrics.counter("pulzar_jobs_total", "Jobs.", "state", "failed").increment();
    metrics.gauge("pulzar_a", "First.", () -> 0.5);
    metrics.counter("pulzar_jobs_total", "Jobs.", "state", "completed").add(7);
    assertThat(metrics.render())
        .isEqualTo(
            """
            # HELP pulzar_a First.
            # TYPE pulzar_a gauge
            pulzar_a 0.5
            # HELP pulzar_jobs_total Jobs.
            # TYPE pulzar_jobs_total counter
            pulzar_jobs_total{state="completed"} 7
            pulzar_jobs_total{state="failed"} 1
            """);
  }

  @Test
  void aLabelMayHoldAnything() {
    metrics.counter("pulzar_x_total", "X.", "name", "a\"b\\c\nd").increment();
    assertThat(metrics.render()).contains("pulzar_x_total{name=\"a\\\"b\\\\c\\nd\"} 1\n");
  }

  @Test
  void aHistogramCountsUpToEachBound() {
    Metrics.Histogram waits =
        metrics.histogram("pulzar_wait_seconds", "Waits.", new double[] {0.1, 1});
    waits.record(0.1);
    waits.record(0.5);
    waits.record(30);
    assertThat(metrics.render())
        .contains(
            """
            pulzar_wait_seconds_bucket{le="0.1"} 1
            pulzar_wait_seconds_bucket{le="1.0"} 2
            pulzar_wait_seconds_bucket{le="+Inf"} 3
            pulzar_wait_seconds_sum 30.6
            pulzar_wait_seconds_count 3
            """);
  }

  @Test
  void aNameThatIsNotOursIsRefused() {
    assertThatThrownBy(() -> metrics.counter("jobs", "Jobs."))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.counter("pulzar_jobs_total", "Jobs.", "lonely"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
