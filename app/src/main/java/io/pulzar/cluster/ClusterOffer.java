package io.pulzar.cluster;

import io.pulzar.roles.OnMaster;
import io.pulzar.roles.Version;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Answers heartbeats. */
@OnMaster
@Singleton
final class ClusterOffer implements Offer {

  private final NodeRegistry registry;

  ClusterOffer(NodeRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void register(LinkServer server) {
    server.on(
        ClusterOperations.HEARTBEAT,
        facts -> {
          registry.report(facts);
          return CompletableFuture.completedStage(new ClusterOperations.Welcome(Version.CURRENT));
        });
  }
}
