package io.pulzar.jobs;

import java.util.Optional;

/** What the queue knows of nodes. Asked under the {@link Dispatcher}'s lock: answers at once. */
interface JobNodes {

  /** Whether a node may run a job with this need now. */
  boolean fits(String node, PlacementConstraint need);

  /** How much a node could still do, 0 to 1; the more, the sooner it gets jobs. */
  double headroom(String node);

  /** Why no node that is there may run a job with this need; empty when one may. */
  Optional<String> obstacle(PlacementConstraint need);
}
