package io.pulzar.jobs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes as a test says they are: fit for everything, unless it says otherwise. */
final class PlayedNodes implements JobNodes {

  /** Those that are to get no jobs. */
  final Set<String> closed = new HashSet<>();

  /** Those that are heard of. */
  final Set<String> online = new HashSet<>();

  /** Those that may hold something of an earlier life. */
  final Set<String> members = new HashSet<>();

  final Map<String, Double> headroom = new HashMap<>();

  @Override
  public boolean fits(String node, PlacementConstraint need) {
    return !closed.contains(node) && need.place().map(node::equals).orElse(true);
  }

  @Override
  public double headroom(String node) {
    return headroom.getOrDefault(node, 1.0);
  }

  @Override
  public boolean isOnline(String node) {
    return online.contains(node);
  }

  @Override
  public Set<String> members() {
    return members;
  }

  @Override
  public Optional<String> obstacle(PlacementConstraint need) {
    return Optional.empty();
  }
}
