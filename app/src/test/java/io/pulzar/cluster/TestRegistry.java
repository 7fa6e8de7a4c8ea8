package io.pulzar.cluster;

import java.time.Clock;
import java.time.Duration;

/** A register with one node that is always online, for tests that run without a server. */
public final class TestRegistry {

  private TestRegistry() {}

  public static NodeRegistry with(Clock clock, String node) {
    NodeRegistry registry = new NodeRegistry(clock, Duration.ofDays(1_000));
    registry.report(
        new NodeFacts(node, node, "http://127.0.0.1:1", 1, 1 << 20, 1, 1, 1, "test", true));
    return registry;
  }
}
