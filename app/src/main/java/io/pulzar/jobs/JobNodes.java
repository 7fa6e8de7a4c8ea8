package io.pulzar.jobs;

import java.util.Optional;
import java.util.Set;

/** What the queue knows of nodes. Asked under the {@link Dispatcher}'s lock: answers at once. */
interface JobNodes {

  /** Whether a node may run a job with this need now. */
  boolean fits(String node, PlacementConstraint need);

  /** How much a node could still do, 0 to 1; the more, the sooner it gets jobs. */
  double headroom(String node);

  /** Whether a node was heard of lately. */
  boolean isOnline(String node);

  /** Every node that may hold jobs of an earlier life of the master, heard of or not. */
  Set<String> members();

  /** Why no node that is there may run a job with this need; empty when one may. */
  Optional<String> obstacle(PlacementConstraint need);
}
