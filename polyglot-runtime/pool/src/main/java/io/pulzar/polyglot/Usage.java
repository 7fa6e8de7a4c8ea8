package io.pulzar.polyglot;

import java.time.Duration;

/**
 * What a call used.
 *
 * @param queued from {@link PythonRuntime#start} to a free worker
 * @param ran from then to the outcome
 * @param cpu of the thread or threads that ran the script
 * @param peakMemoryBytes the worker's heap at its highest during the run, so an upper bound
 */
public record Usage(Duration queued, Duration ran, Duration cpu, long peakMemoryBytes) {}
