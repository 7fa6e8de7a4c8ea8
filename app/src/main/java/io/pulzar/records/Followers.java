package io.pulzar.records;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How far the cluster's nodes are, as far as their questions tell. */
final class Followers {

  /**
   * @param position the last revision that it has
   * @param heard when it asked last
   */
  record Follower(long position, Instant heard) {

    /** Whether it asks; its longest wait for an answer is forgiven. */
    boolean isThere(Instant now) {
      return heard.plus(RecordOperations.POLL).plus(Duration.ofSeconds(5)).isAfter(now);
    }
  }

  private final Clock clock;
  private final Map<String, Follower> byNode = new ConcurrentSkipListMap<>();

  Followers(Clock clock) {
    this.clock = clock;
  }

  void heard(String node, long position) {
    byNode.put(node, new Follower(position, clock.instant()));
  }

  Map<String, Follower> all() {
    return byNode;
  }
}
