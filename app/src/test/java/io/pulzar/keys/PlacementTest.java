package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.NodeRegistry.Member;
import io.pulzar.cluster.TestRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PlacementTest {

  private static final Location ON_TWO =
      new Location(
          "one",
          7,
          5,
          0,
          Instant.EPOCH,
          Optional.empty(),
          new ReplicaSet(7, 2, List.of(new Replica("two", 8))));

  private final NodeRegistry nodes =
      TestRegistry.with(Clock.systemUTC(), TestRegistry.node("one"), TestRegistry.node("two"));
  private final Placement placement = new Placement(nodes, Clock.systemUTC());

  @Test
  void jobsOnAValueTakeTurnsAmongItsNodes() {
    assertThat(Stream.generate(this::chosen).limit(4)).containsOnly("one", "two");
  }

  @Test
  void aJobGoesToADrainingNodeOnlyWhenNoOtherHasItsValue() {
    TestRegistry.drain(nodes, "one");
    assertThat(Stream.generate(this::chosen).limit(4)).containsOnly("two");
    TestRegistry.drain(nodes, "two");
    assertThat(Stream.generate(this::chosen).limit(4)).containsOnly("one", "two");
  }

  private String chosen() {
    return placement.workingOn(ON_TWO).map(Member::facts).orElseThrow().name();
  }
}
