package io.pulzar.scripts;

import io.pulzar.cluster.LinkServer;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.Offer;
import io.pulzar.http.ApiException;
import io.pulzar.scripts.ScriptOperations.Asking;
import io.pulzar.scripts.ScriptOperations.Wish;
import java.util.concurrent.CompletableFuture;

/** Takes what nodes report about their scripts. */
final class ScriptOffer implements Offer {

  private final Scripts scripts;
  private final NodeRegistry registry;

  ScriptOffer(Scripts scripts, NodeRegistry registry) {
    this.scripts = scripts;
    this.registry = registry;
  }

  @Override
  public void register(LinkServer server) {
    server.on(
        ScriptOperations.COMPARE,
        standing -> {
          check(standing.asking());
          boolean wanted = scripts.isNew(standing.asking().node(), standing.digest());
          return CompletableFuture.completedStage(new Wish(wanted));
        });
    server.on(
        ScriptOperations.REPORT,
        report -> {
          check(report.asking());
          scripts.report(report.asking().node(), report.scripts());
          return CompletableFuture.completedStage(new Wish(false));
        });
  }

  /** A second node with another one's name must not speak for it. */
  private void check(Asking asking) {
    boolean known =
        registry
            .find(asking.node())
            .filter(member -> member.facts().id().equals(asking.id()))
            .isPresent();
    if (!known) {
      throw ApiException.conflict(
          "node_not_joined", "the node " + asking.node() + " has not joined yet");
    }
  }
}
