package io.pulzar.cluster;

import io.pulzar.TestTime;
import io.pulzar.cluster.MembershipRecord.MembershipState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A register with one node that is always online, for tests that run without a server. */
public final class TestRegistry {

  private TestRegistry() {}

  public static NodeRegistry with(Clock clock, String node) {
    return with(clock, node(node));
  }

  /** One with several nodes. */
  public static NodeRegistry with(Clock clock, NodeFacts... nodes) {
    NodeRegistry registry = new NodeRegistry(clock, TestTime.of(clock), Duration.ofDays(1_000));
    for (NodeFacts node : nodes) {
      registry.report(node);
    }
    return registry;
  }

  /** The node gets nothing new from now on. */
  public static void drain(NodeRegistry registry, String node) {
    registry.decide(node, MembershipState.DRAINING);
  }

  /** A node with nothing special but its labels. */
  public static NodeFacts node(String name, String... labels) {
    return new NodeFacts(
        name,
        "id of " + name,
        "http://127.0.0.1:1",
        1,
        1 << 20,
        1,
        1,
        1,
        1,
        "test",
        true,
        List.of(labels),
        Map.of(),
        List.of());
  }
}
