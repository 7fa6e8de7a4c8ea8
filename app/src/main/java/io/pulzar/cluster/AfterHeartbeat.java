package io.pulzar.cluster;

/** What a feature of a node does each time the master has heard of the node. */
@FunctionalInterface
public interface AfterHeartbeat {

  /** Must not take long: the thread that brings the master's answers waits for it. */
  void heard();
}
