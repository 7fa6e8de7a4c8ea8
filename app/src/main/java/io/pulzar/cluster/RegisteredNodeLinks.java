package io.pulzar.cluster;

import io.pulzar.http.ApiException;
import io.pulzar.link.HttpLinks;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.Link;
import io.pulzar.link.LinkServer;
import io.pulzar.link.NodeLinks;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Links to the nodes in the register: directly to one of this process, over HTTP to any other. */
@OnMaster
@Singleton
public final class RegisteredNodeLinks implements NodeLinks {

  private final NodeRegistry registry;
  private final Provider<HttpLinks> http;
  private final Map<String, Link> local = new ConcurrentHashMap<>();

  RegisteredNodeLinks(NodeRegistry registry, Provider<HttpLinks> http) {
    this.registry = registry;
    this.http = http;
  }

  /** Makes a node of this process reachable without a socket. */
  public void attach(String node, LinkServer server) {
    local.put(node, new InProcessLink(server));
  }

  /** Whether a node of that name runs in this process. */
  public boolean isHere(String node) {
    return local.containsKey(node);
  }

  @Override
  public Link to(String node) {
    Link direct = local.get(node);
    if (direct != null) {
      return direct;
    }
    return registry
        .find(node)
        .map(member -> http.get().to(member.facts().url()))
        .orElseThrow(
            () -> ApiException.notFound("node_not_found", "no node " + node + " ever joined"));
  }
}
