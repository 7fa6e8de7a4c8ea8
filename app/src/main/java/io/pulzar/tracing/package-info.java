/**
 * Spans of a run for a collector of OpenTelemetry: the request that asked for it, its time in the
 * queue, and the run.
 *
 * <p>The master makes all of them, from what it knows of a job anyway, when they are over; nodes
 * learn the number of the trace with the lease, for their log. Nothing of OpenTelemetry is loaded
 * unless {@code pulzar.tracing.endpoint} is set: only {@link io.pulzar.tracing.OtlpTracing} knows
 * it.
 *
 * <p>Threading: safe for any thread; spans are sent by a thread of their own, and dropped when the
 * collector does not keep up.
 */
@NullMarked
package io.pulzar.tracing;

import org.jspecify.annotations.NullMarked;
