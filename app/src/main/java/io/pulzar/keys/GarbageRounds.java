package io.pulzar.keys;

import io.micronaut.context.annotation.Context;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.keys.KeyOperations.Count;
import io.pulzar.keys.KeyOperations.Versions;
import io.pulzar.link.NodeLinks;
import io.pulzar.link.Operation;
import io.pulzar.roles.OnMaster;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has nodes drop values that no key stands for any more: hides them at once, and removes them in
 * rounds, many at a time, also on nodes that were away.
 */
@OnMaster
@Context
final class GarbageRounds {

  private static final Logger LOG = LoggerFactory.getLogger(GarbageRounds.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 1_000;
  private static final CompletionStage<Boolean> NOT_DONE = CompletableFuture.completedStage(false);

  /**
   * Longer than a node waits for the answer to a recording, so that it has shown the new version of
   * a value before it is told to drop the old one; nothing to wait for when the key is gone.
   */
  private static final Duration UNTOUCHED = Duration.ofSeconds(30);

  private final KeyIndex index;
  private final Clock clock;
  private final NodeLinks links;
  private final NodeRegistry nodes;
  private final Placement placement;
  private final Rounds rounds;

  GarbageRounds(
      KeyIndex index,
      Clock clock,
      NodeLinks links,
      NodeRegistry nodes,
      Placement placement,
      Loops loops) {
    this.index = index;
    this.clock = clock;
    this.links = links;
    this.nodes = nodes;
    this.placement = placement;
    this.rounds = Rounds.start(loops, "garbage", PAUSE, this::round);
  }

  @PreDestroy
  void stop() {
    rounds.close();
  }

  /**
   * Hides versions that lost their key from everybody who asks their node; a later round has them
   * removed for good. So nobody who deletes waits for the node's disk too.
   *
   * @return complete when they are; never fails: what can't be done now is done in a later round
   */
  CompletionStage<Boolean> hide(String node, List<ValueVersion> versions) {
    if (node.equals(Location.BUCKET)) {
      // Whoever reads there asks the index first.
      return CompletableFuture.completedStage(true);
    }
    return ask(node, KeyOperations.HIDE, versions);
  }

  private CompletionStage<Boolean> remove(String node, List<ValueVersion> versions) {
    return ask(node, KeyOperations.REMOVE, versions)
        .thenCompose(
            done -> done ? index.disposed(node, versions).thenApply(gone -> true) : NOT_DONE);
  }

  private CompletionStage<Boolean> ask(
      String node, Operation<Versions, Count> operation, List<ValueVersion> versions) {
    CompletionStage<Count> asked;
    try {
      asked = links.to(node).ask(operation, new Versions(versions));
    } catch (RuntimeException e) {
      asked = CompletableFuture.failedStage(e);
    }
    return asked.handle(
        (count, failure) -> {
          if (failure != null) {
            placement.failed(node);
            LOG.debug("node {} could not drop {} values", node, versions.size(), failure);
          }
          return failure == null;
        });
  }

  private void round(Rounds.Progress progress) {
    for (NodeRegistry.Member member : nodes.online()) {
      String node = member.facts().name();
      List<ValueVersion> garbage = next(node);
      while (progress.goesOn()
          && !garbage.isEmpty()
          && remove(node, garbage).toCompletableFuture().join()) {
        garbage = next(node);
      }
    }
  }

  private List<ValueVersion> next(String node) {
    return index.garbage(node, clock.instant().minus(UNTOUCHED), MOST_AT_ONCE);
  }
}
