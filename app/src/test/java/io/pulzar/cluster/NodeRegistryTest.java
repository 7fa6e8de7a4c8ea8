package io.pulzar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.SettableClock;
import io.pulzar.TestTime;
import io.pulzar.http.ApiException;
import io.pulzar.upkeep.RunningTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeRegistryTest {

  private static final Duration LOST = Duration.ofSeconds(15);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T08:00:00Z"));
  private final NodeRegistry registry = new NodeRegistry(clock, TestTime.of(clock), LOST);

  @Test
  void aSilentNodeIsOfflineAndStaysInTheList() {
    registry.report(facts("one", "id-1", 1));
    clock.move(LOST.minusMillis(1));
    assertThat(registry.online()).hasSize(1);
    clock.move(Duration.ofMillis(1));
    assertThat(registry.online()).isEmpty();
    assertThat(registry.members()).extracting(NodeRegistry.Member::online).containsExactly(false);
  }

  @Test
  void aLaterReportReplacesTheFacts() {
    registry.report(facts("one", "id-1", 1));
    registry.report(facts("one", "id-1", 2));
    assertThat(registry.find("one").orElseThrow().facts().url()).endsWith(":2");
  }

  @Test
  void anotherVolumeCannotTakeTheNameOfAnOnlineNode() {
    registry.report(facts("one", "id-1", 1));
    assertThatThrownBy(() -> registry.report(facts("one", "id-2", 2)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("pulzar.node.name");
    assertThat(registry.find("one").orElseThrow().facts().id()).isEqualTo("id-1");
  }

  @Test
  void theNameOfALostNodeIsFree() {
    registry.report(facts("one", "id-1", 1));
    clock.move(LOST);
    registry.report(facts("one", "id-2", 2));
    assertThat(registry.find("one").orElseThrow().facts().id()).isEqualTo("id-2");
  }

  @Test
  void aClockThatJumpsBackLosesNobody() {
    registry.report(facts("one", "id-1", 1));
    clock.move(Duration.ofHours(-1));
    assertThat(registry.online()).hasSize(1);
  }

  @Test
  void nobodyFellSilentWhileTheMasterStoodStill() {
    long[] nanos = {0};
    NodeRegistry standing =
        new NodeRegistry(clock, new RunningTime(() -> nanos[0], Duration.ofSeconds(1)), LOST);
    standing.report(facts("one", "id-1", 1));
    nanos[0] += Duration.ofSeconds(40).toNanos();
    clock.move(Duration.ofSeconds(40));
    assertThat(standing.online()).hasSize(1);
  }

  @Test
  void nodesAreListedByName() {
    registry.report(facts("b", "id-2", 2));
    registry.report(facts("a", "id-1", 1));
    assertThat(registry.members())
        .extracting(member -> member.facts().name())
        .containsExactly("a", "b");
    assertThat(registry.find("c")).isEmpty();
  }

  private static NodeFacts facts(String name, String id, int port) {
    return new NodeFacts(
        name,
        id,
        "http://127.0.0.1:" + port,
        13,
        1L << 30,
        5,
        50,
        4,
        4,
        "2026.11.21",
        true,
        List.of(),
        Map.of(),
        List.of());
  }
}
