package io.pulzar.schedules;

/**
 * What a client asked for: when, and by which policies.
 *
 * @param runs how many runs become due at most; {@link Schedule#FOR_EVER} for no limit
 */
record Plan(Timing timing, Policy policy, long runs) {}
