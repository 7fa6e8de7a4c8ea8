package io.pulzar.jobs;

import static io.pulzar.cluster.TestRegistry.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.SettableClock;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.TestRegistry;
import io.pulzar.scripts.ScriptCatalog;
import io.pulzar.scripts.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that all have every script. */
final class RegisteredNodesTest {

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T09:00:00Z"));

  @Test
  void aPlaceIsANameOrALabel() {
    JobNodes nodes = nodes(node("one", "gpu", "big"), node("two"));
    assertThat(nodes.fits("one", at("gpu"))).isTrue();
    assertThat(nodes.fits("one", at("one"))).isTrue();
    assertThat(nodes.fits("two", at("gpu"))).isFalse();
    assertThat(nodes.fits("two", anywhere())).isTrue();
  }

  @Test
  void dataIsOnANodeAndNotWhereThatIsALabel() {
    JobNodes nodes = nodes(node("one", "two"), node("two"));
    PlacementConstraint data = new PlacementConstraint("a/one", Optional.of("two"), true);
    assertThat(nodes.fits("one", data)).isFalse();
    assertThat(nodes.fits("two", data)).isTrue();
  }

  @Test
  void aJobOnDataInABucketRunsWhereItsScriptWishes() {
    JobNodes nodes = nodes(node("one", "gpu"), node("two"));
    PlacementConstraint wish = new PlacementConstraint("a/one", Optional.of("gpu"), true);
    assertThat(nodes.fits("one", wish)).isTrue();
    assertThat(nodes.fits("two", wish)).isFalse();
    assertThat(nodes.obstacle(wish)).isEmpty();
  }

  @Test
  void aNodeThatHasNotJoinedOrIsSilentGetsNothing() {
    JobNodes nodes = nodes(node("one"));
    assertThat(nodes.fits("stranger", anywhere())).isFalse();
    clock.move(Duration.ofDays(2_000));
    assertThat(nodes.fits("one", anywhere())).isFalse();
    assertThat(nodes.obstacle(anywhere())).contains("one (offline) takes no jobs now");
  }

  @Test
  void whyAJobWaitsNamesWhatIsMissing() {
    assertThat(nodes().obstacle(anywhere())).contains("no node has joined");
    JobNodes nodes = nodes(node("one"));
    assertThat(nodes.obstacle(anywhere())).isEmpty();
    assertThat(nodes.obstacle(at("gpu")))
        .contains("no node has the name or label gpu; ./pulzar nodes lists those there are");
    assertThat(
            nodes
                .obstacle(new PlacementConstraint("a/one", Optional.of("two"), true))
                .orElseThrow())
        .startsWith("no node has the name or label two;");
  }

  @Test
  void aNodeWithLessFreeOfAnythingHasLessHeadroom() {
    JobNodes nodes = nodes(node("one"));
    assertThat(nodes.headroom("one")).isBetween(0.97, 0.98);
    assertThat(nodes.headroom("stranger")).isZero();
  }

  private JobNodes nodes(io.pulzar.cluster.NodeFacts... facts) {
    NodeRegistry registry = TestRegistry.with(clock, facts);
    return new RegisteredNodes(
        registry, new Scripts(new ScriptCatalog(directory, clock), name -> true));
  }

  private static PlacementConstraint at(String place) {
    return new PlacementConstraint("a/one", Optional.of(place), false);
  }

  private static PlacementConstraint anywhere() {
    return new PlacementConstraint("a/one", Optional.empty(), false);
  }
}
