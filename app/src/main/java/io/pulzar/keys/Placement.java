package io.pulzar.keys;

import io.pulzar.cluster.NodeCount;
import io.pulzar.cluster.NodeFacts;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.NodeRegistry.Member;
import io.pulzar.http.ApiException;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the node for a new value: each in proportion to its free disk, so that disks fill up
 * together and new values are not all one node's to take. Each recent failure halves what a node
 * seems to have. A node that is drained gets none.
 */
@OnMaster
@Singleton
final class Placement {

  /** The code of a refusal after which nothing was changed. */
  static final String TOO_FEW_NODES = "too_few_nodes";

  private static final Duration RETRY = Duration.ofSeconds(5);

  /** In this time half of a node's failures are forgiven. */
  private static final Duration HALF_LIFE = Duration.ofMinutes(1);

  private static final double MOST_FAILURES = 60;

  private record Failures(double weight, Instant at) {

    double weight(Instant now) {
      double ages = (double) Duration.between(at, now).toMillis() / HALF_LIFE.toMillis();
      return weight * Math.pow(0.5, Math.max(0, ages));
    }
  }

  private final NodeRegistry nodes;
  private final InstantSource clock;
  private final WeightedRoundRobin shares = new WeightedRoundRobin();
  private final WeightedRoundRobin copyShares = new WeightedRoundRobin();
  private final Map<String, Failures> failures = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  Placement(NodeRegistry nodes, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
  }

  /**
   * The URL of the node that a value is to be sent to.
   *
   * @param present where the key's value is now; that node is preferred, since it can change over
   *     from one version to the next at one moment
   * @throws ApiException 503 {@code no_node}
   */
  String urlForNew(Optional<Location> present) {
    return urlForNew(present, nodes.takingNew());
  }

  /** The same for a value that goes into the bucket. */
  String urlForNewObject(Optional<Location> present) {
    return urlForNew(present, nodes.takingNew().stream().filter(Placement::reachesBucket).toList());
  }

  private static boolean reachesBucket(Member member) {
    return member.facts().counts().getOrDefault(NodeCount.BUCKETS, 0L) > 0;
  }

  private String urlForNew(Optional<Location> present, List<Member> online) {
    if (online.size() == 1) {
      return online.getFirst().facts().url();
    }
    Instant now = clock.instant();
    return online.stream()
        .filter(member -> present.flatMap(old -> old.at(nameOf(member))).isPresent())
        .findFirst()
        .or(() -> next(shares, online, now))
        .map(member -> member.facts().url())
        .orElseThrow(
            () ->
                ApiException.unavailable(
                    "no_node",
                    "No node takes new values: none is online, or those that are get drained; start one, or"
                        + " try again when it is back",
                    RETRY));
  }

  /** A node that is online and can write into the bucket and read from it. */
  Optional<Member> atBucket(String node) {
    return nodes.find(node).filter(Member::online).filter(Placement::reachesBucket);
  }

  /** Nodes for values that come out of the bucket, the one whose turn it is first. */
  List<Member> fromBucket() {
    return forCopies(Set.of()).stream().filter(Placement::reachesBucket).toList();
  }

  /** Nodes for copies, the one whose turn it is first; those that are named are left out. */
  List<Member> forCopies(Set<String> except) {
    Instant now = clock.instant();
    List<Member> all =
        nodes.takingNew().stream().filter(member -> !except.contains(nameOf(member))).toList();
    List<Member> ordered = new ArrayList<>();
    next(copyShares, all, now).ifPresent(ordered::add);
    all.stream()
        .filter(member -> !ordered.contains(member))
        .sorted(Comparator.comparingDouble((Member member) -> worth(member, now)).reversed())
        .forEach(ordered::add);
    return ordered;
  }

  /**
   * Refuses a value that is wanted on more nodes than take values now.
   *
   * @throws ApiException 503 {@code too_few_nodes}
   */
  void requireNodes(int wanted) {
    int there = wanted == 1 ? 1 : nodes.takingNew().size();
    if (there < wanted) {
      throw tooFewNodes(wanted, there);
    }
  }

  static ApiException tooFewNodes(int wanted, int there) {
    return ApiException.unavailable(
        TOO_FEW_NODES,
        "The value is to be on %d nodes and %s it, so it was not kept; start more nodes, or lower"
                .formatted(wanted, there == 1 ? "1 node takes" : there + " nodes take")
            + " pulzar.volume.replicas or ?replicas=",
        RETRY);
  }

  /**
   * The URL of a node that has a value; of several, one after the other.
   *
   * @throws ApiException 503 {@code node_offline}
   */
  String urlOf(Location location) {
    return online(location, "")
        .map(Member::facts)
        .map(NodeFacts::url)
        .orElseThrow(
            () ->
                location.isInBucket()
                    ? noNodeAtAll()
                    : ApiException.unavailable(
                        "node_offline",
                        "The value is on the node %s, which is not online; try again when it is back"
                            .formatted(
                                location.holders().stream()
                                    .map(Replica::node)
                                    .collect(Collectors.joining(" and the node "))),
                        RETRY));
  }

  private static ApiException noNodeAtAll() {
    return ApiException.unavailable(
        "node_offline",
        "The value is in the bucket, and no node is online that could give it out; start one, or"
            + " try again when it is back",
        RETRY);
  }

  /** A node that has a value and is online, other than the named one. */
  Optional<Member> online(Location location, String except) {
    if (location.isInBucket()) {
      return oneOf(
          nodes.online().stream()
              .filter(Placement::reachesBucket)
              .filter(member -> !nameOf(member).equals(except))
              .toList());
    }
    if (!location.sharing().isShared()) {
      return nodes
          .find(location.node())
          .filter(Member::online)
          .filter(member -> !location.node().equals(except));
    }
    return oneOf(
        holders(location)
            .filter(member -> !nameOf(member).equals(except))
            .filter(Member::online)
            .toList());
  }

  /** A node that has a value and may run a job on it: a draining one only when no other has it. */
  Optional<Member> workingOn(Location location) {
    return oneOf(holders(location).filter(Member::takesNew).toList())
        .or(() -> online(location, ""));
  }

  private Stream<Member> holders(Location location) {
    return location.holders().stream().flatMap(copy -> nodes.find(copy.node()).stream());
  }

  private Optional<Member> oneOf(List<Member> members) {
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(members.get(Math.floorMod(turn.getAndIncrement(), members.size())));
  }

  /** What the URL of a value begins with; its node's name when it is not known where it is. */
  String rootOf(Location location) {
    return nodes
        .find(location.node())
        .or(() -> location.isInBucket() ? online(location, "") : Optional.empty())
        .map(member -> member.facts().url())
        .orElseGet(() -> "http://" + location.node());
  }

  /** The host and port of a value's node; its name when it is not known where it is. */
  String addressOf(Location location) {
    return online(location, "")
        .or(() -> nodes.find(location.node()))
        .map(member -> member.facts().url())
        .map(url -> url.substring(url.indexOf("//") + 2))
        .orElse(location.node());
  }

  /** A node did not do what it was asked to. */
  void failed(String node) {
    Instant now = clock.instant();
    failures.merge(
        node,
        new Failures(1, now),
        (before, one) ->
            new Failures(Math.min(MOST_FAILURES, before.weight(now) + one.weight()), now));
  }

  private Optional<Member> next(WeightedRoundRobin turns, List<Member> online, Instant now) {
    Map<String, Double> worths =
        online.stream().collect(Collectors.toMap(Placement::nameOf, member -> worth(member, now)));
    return turns
        .next(worths)
        .flatMap(name -> online.stream().filter(member -> nameOf(member).equals(name)).findFirst());
  }

  private double worth(Member member, Instant now) {
    Failures recent = failures.get(nameOf(member));
    double weight = recent == null ? 0 : recent.weight(now);
    return member.facts().freeBytes() * Math.pow(0.5, weight);
  }

  private static String nameOf(Member member) {
    return member.facts().name();
  }
}
