package io.pulzar.cluster;

import io.pulzar.cluster.MembershipRecord.MembershipState;
import io.pulzar.cluster.NodeRegistry.Member;
import io.pulzar.http.ApiException;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator decides about a node. Each method returns when that is on the disk. */
@OnMaster
@Singleton
final class NodeAdministration {

  private static final Logger LOG = LoggerFactory.getLogger(NodeAdministration.class);

  private final NodeRegistry registry;
  private final List<NodeRemovalListener> departures;

  NodeAdministration(NodeRegistry registry, List<NodeRemovalListener> departures) {
    this.registry = registry;
    this.departures = departures;
  }

  /**
   * Lets a node finish what it has, and gives it no new jobs and no new values.
   *
   * @throws ApiException 404 {@code node_not_found}
   */
  void drain(String node) {
    registry.decide(node, MembershipState.DRAINING);
    LOG.info("node {} is drained", node);
  }

  /**
   * Takes {@link #drain} or {@link #remove} back.
   *
   * @throws ApiException 404 {@code node_not_found}
   */
  void undo(String node) {
    registry.decide(node, MembershipState.MEMBER);
    LOG.info("node {} may take work again", node);
  }

  /**
   * Takes a node out of the cluster: what refers to it is forgotten, and its reports are refused.
   *
   * @param force although it works, or something is lost with it
   * @throws ApiException 404 {@code node_not_found}, 409 {@code node_in_use} or {@code
   *     node_holds_data}
   */
  void remove(String node, boolean force) {
    Member member = registry.find(node).orElseThrow(() -> NodeRegistry.unknown(node));
    if (!force) {
      checkIdle(member);
      checkEmpty(node);
    }
    departures.forEach(feature -> feature.forget(node));
    registry.decide(node, MembershipState.REMOVED);
    LOG.info("node {} is removed", node);
  }

  private static void checkIdle(Member member) {
    String node = member.facts().name();
    int running = member.facts().slots() - member.facts().freeSlots();
    if (member.online() && !member.draining()) {
      throw ApiException.conflict(
          "node_in_use", "the node " + node + " is online: drain it first, or stop it");
    }
    if (member.online() && running > 0) {
      throw ApiException.conflict(
          "node_in_use",
          "the node "
              + node
              + " still runs "
              + running
              + (running == 1 ? " job" : " jobs")
              + ": try again when they have ended");
    }
  }

  private void checkEmpty(String node) {
    String losses =
        departures.stream()
            .map(feature -> feature.loss(node))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" and "));
    if (!losses.isEmpty()) {
      throw ApiException.conflict(
          "node_holds_data",
          "with the node "
              + node
              + " would be lost "
              + losses
              + ": move or delete them first, or remove it with --force (?force=true)");
    }
  }
}
