package io.pulzar.values;

import io.micronaut.runtime.server.EmbeddedServer;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.roles.OnNode;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Where clients reach this node; known once it listens. */
@OnNode
@Singleton
final class NodeAddress {

  private final NodeIdentity identity;
  private final Provider<EmbeddedServer> server;
  private volatile @Nullable String url;

  NodeAddress(NodeIdentity identity, Provider<EmbeddedServer> server) {
    this.identity = identity;
    this.server = server;
  }

  /** For example {@code http://127.0.0.1:31415}. */
  String url() {
    String known = url;
    if (known == null) {
      known = identity.url(server.get().getPort());
      url = known;
    }
    return known;
  }
}
