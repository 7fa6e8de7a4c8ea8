package io.pulzar.polyglot;

import java.util.List;

/**
 * A snapshot of the pool.
 *
 * @param compiled whether Python is JIT-compiled; without it scripts run several times slower
 * @param ready whether a call would find a warm worker
 * @param slots runs that may go on at the same time
 * @param busy runs going on
 * @param waiting calls that wait for a worker
 * @param workers process ids of the live workers
 * @param wall what the kernel keeps from the workers
 */
public record RuntimeStatus(
    boolean compiled,
    boolean ready,
    int slots,
    int busy,
    int waiting,
    List<Long> workers,
    WallReport wall) {}
