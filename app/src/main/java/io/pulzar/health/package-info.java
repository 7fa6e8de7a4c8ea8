/**
 * Whether the server is well, and its numbers: {@code /health} and {@code /metrics}.
 *
 * <p>Features contribute a {@link io.pulzar.health.HealthCheck} bean and register numbers with the
 * {@link io.micrometer.core.instrument.MeterRegistry} of their role, under names {@code
 * pulzar.<what>} and with tags whose values are known beforehand: the number of series must not
 * grow with what clients send.
 *
 * <p>Threading: checks and gauges are called by any thread, often, and must be quick and not block;
 * counters are lock-free.
 */
@NullMarked
package io.pulzar.health;

import org.jspecify.annotations.NullMarked;
