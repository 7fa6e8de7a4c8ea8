/**
 * When a job is due: schedules, the timer that fires them, and the history of what they ran.
 *
 * <p>What must stay true:
 *
 * <ul>
 *   <li>A due time leads to at most one run, and to exactly one unless the schedule's own policies
 *       ({@code misfire}, {@code overlap}, {@code until}, {@code max_runs}) say otherwise. A firing
 *       is therefore one transaction: it advances the schedule and records the run, or neither.
 *   <li>Due times live in the store, ordered; nothing about them is held only in memory. Whatever
 *       moment the master is killed at, the next start continues from the last transaction.
 *   <li>Time is read from an injected clock, never from the system directly.
 * </ul>
 *
 * <p>Threading: {@link io.pulzar.schedules.Timing}, {@code ScheduleTransition} and the records are
 * immutable and pure. One thread waits for the next due time; requests, ends of runs and that
 * thread all change schedules in transactions of the store's single writer, so no lock of ours
 * orders them.
 */
@NullMarked
package io.pulzar.schedules;

import org.jspecify.annotations.NullMarked;
