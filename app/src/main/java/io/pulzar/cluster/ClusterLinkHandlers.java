package io.pulzar.cluster;

import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.Version;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Answers heartbeats. */
@OnMaster
@Singleton
final class ClusterLinkHandlers implements LinkHandlers {

  private final NodeRegistry registry;

  ClusterLinkHandlers(NodeRegistry registry) {
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
