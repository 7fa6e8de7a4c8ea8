package io.pulzar.jobs;

import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.upkeep.RunningTime;
import java.time.Duration;
import java.time.Instant;

/** An attempt that a node has. Guarded by {@link Dispatcher}'s lock. */
final class ActiveLease {

  final AttemptId attempt;
  final LeaseHolder lessee;
  final Instant started;

  /** When its node last said that it has it, or got it: in {@link RunningTime}. */
  Duration renewed;

  /** An ending of it is being stored, so it can no longer expire. */
  boolean settling;

  /** The client wants it stopped. */
  boolean canceling;

  /** The node's run of it counts for nothing any more. */
  boolean revoked;

  /** When the node was last told to stop it. */
  Instant ordered = Instant.MIN;

  ActiveLease(AttemptId attempt, LeaseHolder lessee, Instant started, Duration renewed) {
    this.attempt = attempt;
    this.lessee = lessee;
    this.started = started;
    this.renewed = renewed;
  }
}
