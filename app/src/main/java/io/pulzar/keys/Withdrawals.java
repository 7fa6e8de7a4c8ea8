package io.pulzar.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Versions that their node gave up after it could not tell whether a recording had arrived. The
 * recording may still be on its way; this makes it come too late.
 *
 * <p>Held in memory only: no request outlives the master's process. Bounded by number, which at
 * worst lets one late recording through; the node's next look for orphans then removes it.
 */
final class Withdrawals {

  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MOST = 100_000;

  private final InstantSource clock;
  private final Map<Replica, Instant> given =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Replica, Instant> eldest) {
          return size() > MOST || eldest.getValue().isBefore(clock.instant().minus(KEPT));
        }
      };

  Withdrawals(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(Replica version) {
    given.put(version, clock.instant());
  }

  synchronized boolean contains(Replica version) {
    return !given.isEmpty() && given.containsKey(version);
  }
}
