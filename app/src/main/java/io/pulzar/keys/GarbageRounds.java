package io.pulzar.keys;

import io.micronaut.context.annotation.Context;
import io.pulzar.cluster.NodeLinks;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.roles.OnMaster;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has nodes drop values that no key stands for any more: at once where somebody waits for it, and
 * in rounds for nodes that were away.
 */
@OnMaster
@Context
final class GarbageRounds {

  private static final Logger LOG = LoggerFactory.getLogger(GarbageRounds.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 1_000;

  /**
   * Longer than a node waits for the answer to a recording, so that it has shown the new version of
   * a value before it is told to drop the old one.
   */
  private static final Duration UNTOUCHED = Duration.ofSeconds(30);

  private final KeyIndex index;
  private final InstantSource clock;
  private final NodeLinks links;
  private final NodeRegistry nodes;
  private final Placement placement;
  private final Rounds rounds;

  /** Done by nodes, and not off the list yet; lost by a crash, after which they do it again. */
  private final Queue<Dropped> dropped = new ConcurrentLinkedQueue<>();

  private record Dropped(String node, List<Version> versions) {}

  GarbageRounds(
      KeyIndex index,
      InstantSource clock,
      NodeLinks links,
      NodeRegistry nodes,
      Placement placement) {
    this.index = index;
    this.clock = clock;
    this.links = links;
    this.nodes = nodes;
    this.placement = placement;
    this.rounds = Rounds.start("dropping values on nodes", PAUSE, this::round);
  }

  @PreDestroy
  void stop() {
    rounds.close();
  }

  /**
   * Has a node drop versions now.
   *
   * @return complete when it has; never fails: what can't be done now is done in a later round
   */
  CompletionStage<Boolean> drop(String node, List<Version> versions) {
    CompletionStage<KeyOperations.Count> asked;
    try {
      asked = links.to(node).ask(KeyOperations.REMOVE, new KeyOperations.Versions(versions));
    } catch (RuntimeException e) {
      asked = CompletableFuture.failedStage(e);
    }
    return asked.handle(
        (count, failure) -> {
          if (failure == null) {
            dropped.add(new Dropped(node, versions));
            return true;
          }
          placement.failed(node);
          LOG.debug("node {} could not drop {} values", node, versions.size(), failure);
          return false;
        });
  }

  private void round() {
    forgetDropped();
    for (NodeRegistry.Member member : nodes.online()) {
      String node = member.facts().name();
      List<Version> garbage = next(node);
      while (!garbage.isEmpty() && drop(node, garbage).toCompletableFuture().join()) {
        forgetDropped();
        garbage = next(node);
      }
    }
  }

  /** Takes what nodes have dropped off the list, many at once. */
  private void forgetDropped() {
    Map<String, List<Version>> byNode = new HashMap<>();
    for (Dropped next = dropped.poll(); next != null; next = dropped.poll()) {
      byNode.computeIfAbsent(next.node(), node -> new ArrayList<>()).addAll(next.versions());
    }
    byNode.forEach((node, versions) -> index.disposed(node, versions).toCompletableFuture().join());
  }

  private List<Version> next(String node) {
    return index.garbage(node, clock.instant().minus(UNTOUCHED), MOST_AT_ONCE);
  }
}
