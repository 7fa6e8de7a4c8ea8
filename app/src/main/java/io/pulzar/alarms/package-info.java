/**
 * Tells people when a script fails and when it works again, when a schedule has not succeeded for
 * too long, and when runs wait too long for their turn.
 *
 * <p>{@link io.pulzar.alarms.RunEnds} notes the end of a run in the transaction that stores it;
 * {@link io.pulzar.alarms.RunAlarms} makes deliveries of the notes and removes them, in one
 * transaction too; {@link io.pulzar.alarms.DeliveryRunner} sends what is due and stores how that
 * went. So a process that is killed at any moment neither loses a notice nor makes two of one. Only
 * when it ends between a receiver's answer and its own note of it is a notice sent again, under the
 * same id.
 *
 * <p>What must stay true: an alarm is opened once and told once, until it is over; a receiver that
 * is slow or away keeps no other from being told; what a receiver is told has no secret in it that
 * the run's own error would not show.
 *
 * <p>Threading: one loop opens and closes alarms. Each attempt to send has a virtual thread.
 */
@NullMarked
package io.pulzar.alarms;

import org.jspecify.annotations.NullMarked;
