package io.pulzar.alarms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The feature's metrics. */
record AlarmMetrics(Counter sent, Counter failed, Counter lost) {

  static AlarmMetrics of(MeterRegistry metrics, DeliveryStore deliveries) {
    Gauge.builder("pulzar.alarms.waiting", deliveries::waiting)
        .description("Notices that wait to be taken.")
        .register(metrics);
    return new AlarmMetrics(
        attempts(metrics, "sent"),
        attempts(metrics, "failed"),
        Counter.builder("pulzar.alarms.given.up")
            .description("Notices that no attempt could send.")
            .register(metrics));
  }

  private static Counter attempts(MeterRegistry metrics, String outcome) {
    return Counter.builder("pulzar.alarms.attempts")
        .description("Attempts to tell a receiver, by how they went.")
        .tag("outcome", outcome)
        .register(metrics);
  }

  void attempt(boolean taken) {
    (taken ? sent : failed).increment();
  }

  void givenUp(long notices) {
    lost.increment((double) notices);
  }
}
