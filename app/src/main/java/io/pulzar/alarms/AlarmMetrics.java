package io.pulzar.alarms;

import io.pulzar.health.Metrics;
import io.pulzar.health.Metrics.Counter;

/** The feature's metrics. */
record AlarmMetrics(Counter sent, Counter failed, Counter lost) {

  private static final String ATTEMPTS = "pulzar_alarms_attempts_total";
  private static final String ATTEMPTS_HELP = "Attempts to tell a receiver, by how they went.";

  static AlarmMetrics of(Metrics metrics, DeliveryStore deliveries) {
    metrics.gauge("pulzar_alarms_waiting", "Notices that wait to be taken.", deliveries::waiting);
    return new AlarmMetrics(
        metrics.counter(ATTEMPTS, ATTEMPTS_HELP, "outcome", "sent"),
        metrics.counter(ATTEMPTS, ATTEMPTS_HELP, "outcome", "failed"),
        metrics.counter("pulzar_alarms_given_up_total", "Notices that no attempt could send."));
  }

  void attempt(boolean taken) {
    (taken ? sent : failed).increment();
  }

  void givenUp(long notices) {
    lost.add(notices);
  }
}
