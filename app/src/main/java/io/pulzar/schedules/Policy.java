package io.pulzar.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a schedule treats its due times.
 *
 * @param jitter each run starts this much later at most; zero for none
 * @param until no run is due after this moment
 */
record Policy(Misfire misfire, Overlap overlap, Duration jitter, Optional<Instant> until) {

  static final Policy DEFAULT =
      new Policy(Misfire.ONCE, Overlap.QUEUE_ONE, Duration.ZERO, Optional.empty());
}
