package io.pulzar.cluster;

/** What a feature of a node does each time the master has heard of the node. */
@FunctionalInterface
public interface AfterHeartbeat {

  /** May ask the master, but must not take long: the next heartbeat waits for it. */
  void heard();
}
