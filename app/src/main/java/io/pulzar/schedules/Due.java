package io.pulzar.schedules;

import java.time.Instant;

/**
 * A due time of a schedule.
 *
 * @param nominal the time that the schedule's timing names
 * @param at when it fires: the nominal time and its share of the jitter
 */
record Due(Instant nominal, Instant at) {}
