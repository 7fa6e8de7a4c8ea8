package io.pulzar.jobs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When nodes said last what they hold, and what their silence means: nothing while they could not
 * have been heard. Moments are those of {@link io.pulzar.upkeep.RunningTime}. Not safe for threads:
 * {@link Dispatcher} guards it.
 */
final class NodeContacts {

  /** A node that is online and says nothing of what it holds is believed for so many leases. */
  private static final int PATIENCE = 4;

  private record Spoken(String life, Duration at) {}

  private final Duration lease;
  private final JobNodes nodes;
  private final Map<String, Spoken> spoken = new HashMap<>();
  private Optional<Duration> opened = Optional.empty();

  NodeContacts(Duration lease, JobNodes nodes) {
    this.lease = lease;
    this.nodes = nodes;
  }

  /** From now on nodes can be heard. */
  void open(Duration now) {
    opened = opened.or(() -> Optional.of(now));
  }

  void spoke(LeaseHolder lessee, Duration now) {
    spoken.put(lessee.node(), new Spoken(lessee.incarnation(), now));
  }

  /**
   * Whether a lease has run out. Nobody's does before its node could be heard for a lease time; and
   * what a node that is online says decides, not the time since it last said it.
   */
  boolean isLost(ActiveLease held, Duration now) {
    if (opened.isEmpty()) {
      return false;
    }
    Duration since = max(held.renewed, opened.get());
    Duration silence = now.minus(since);
    if (silence.compareTo(lease) <= 0) {
      return false;
    }
    return !nodes.isOnline(held.lessee.node())
        || hasSpokenAfter(held.lessee, since)
        || silence.compareTo(lease.multipliedBy(PATIENCE)) > 0;
  }

  /**
   * Whether every node had its say about what it holds from an earlier life of the master, or its
   * time for that is over.
   */
  boolean isComplete(Duration now) {
    if (opened.isEmpty()) {
      return false;
    }
    Duration waited = now.minus(opened.get());
    return waited.compareTo(lease.multipliedBy(PATIENCE)) > 0
        || nodes.members().stream()
            .filter(node -> !spoken.containsKey(node))
            .noneMatch(node -> waited.compareTo(lease) <= 0 || nodes.isOnline(node));
  }

  private boolean hasSpokenAfter(LeaseHolder lessee, Duration since) {
    Spoken last = spoken.get(lessee.node());
    return last != null
        && last.life().equals(lessee.incarnation())
        && last.at().compareTo(since) > 0;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
