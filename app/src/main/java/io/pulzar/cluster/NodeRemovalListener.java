package io.pulzar.cluster;

import java.util.Optional;

/** A feature's part in the removal of a node. Both may take long. */
public interface NodeRemovalListener {

  /**
   * What would be lost with a node, for its operator: {@code 12 values}; empty when nothing would.
   */
  Optional<String> loss(String node);

  /** Clears away what refers to the node; may be repeated. */
  void forget(String node);
}
