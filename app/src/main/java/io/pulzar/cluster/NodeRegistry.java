package io.pulzar.cluster;

import io.pulzar.cluster.MembershipRecord.MembershipState;
import io.pulzar.http.ApiException;
import io.pulzar.roles.Version;
import io.pulzar.upkeep.RunningTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of the cluster: each that ever reported, until it is removed. A node is online while
 * its reports come; one that fell silent, or has not reported since the master's start, stays in
 * the list, so that its absence is seen.
 */
public final class NodeRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);

  /**
   * A node and when it was heard of last.
   *
   * @param online whether that is recent enough
   * @param draining whether it is to get nothing new
   */
  public record Member(NodeFacts facts, Instant seen, boolean online, boolean draining) {

    /** Whether it may get new work and new values. */
    public boolean takesNew() {
      return online && !draining;
    }
  }

  /**
   * @param facts without a report, only what was noted
   * @param heard when, in {@link RunningTime}: while the master stood still, nobody fell silent
   * @param reported whether it has been heard of since the master's start
   */
  private record Sighting(
      NodeFacts facts, boolean reported, MembershipRecord note, Instant seen, Duration heard) {}

  private final Clock clock;
  private final RunningTime time;
  private final Duration lost;
  private final MembershipRecords notes;
  private final ConcurrentMap<String, Sighting> sightings = new ConcurrentSkipListMap<>();

  NodeRegistry(Clock clock, RunningTime time, Duration lost) {
    this(clock, time, lost, MembershipRecords.NONE);
  }

  NodeRegistry(Clock clock, RunningTime time, Duration lost, MembershipRecords notes) {
    this.clock = clock;
    this.time = time;
    this.lost = lost;
    this.notes = notes;
    notes
        .all()
        .forEach(
            note ->
                sightings.put(
                    note.name(),
                    new Sighting(NodeFacts.of(note), false, note, note.noted(), Duration.ZERO)));
  }

  /**
   * Takes a node's report.
   *
   * @throws ApiException 409 {@code node_name_taken} when another node with this name is online,
   *     {@code node_removed} when it does not belong to the cluster any more
   */
  void report(NodeFacts facts) {
    Instant now = clock.instant();
    sightings.compute(
        facts.name(),
        (name, known) -> {
          boolean same = known != null && known.facts().id().equals(facts.id());
          if (known != null && !same && isOnline(known)) {
            throw nameTaken(known.facts());
          }
          if (same && known.note().standing() == MembershipState.REMOVED) {
            throw removed(name);
          }
          if (known == null || !isOnline(known)) {
            LOG.info("node {} is online at {}", name, facts.url());
            compareVersion(facts);
          }
          return new Sighting(facts, true, noted(known, facts, now), now, time.now());
        });
  }

  private static void compareVersion(NodeFacts facts) {
    if (!facts.version().equals(Version.CURRENT)) {
      LOG.warn(
          "node {} has version {}, this master {}: give all servers of a cluster the same",
          facts.name(),
          facts.version(),
          Version.CURRENT);
    }
  }

  private MembershipRecord noted(@Nullable Sighting known, NodeFacts facts, Instant now) {
    MembershipState standing =
        known == null || known.note().standing() == MembershipState.REMOVED
            ? MembershipState.MEMBER
            : known.note().standing();
    MembershipRecord note =
        new MembershipRecord(facts.name(), facts.id(), facts.url(), now, standing);
    if (known != null && known.note().with(standing, now).equals(note)) {
      return known.note();
    }
    var _ =
        notes
            .keep(note)
            .whenComplete(
                (kept, failure) -> {
                  if (failure != null) {
                    LOG.warn("node {} could not be noted: {}", facts.name(), failure.toString());
                  }
                });
    return note;
  }

  /**
   * Notes what the operator decided; returns when it is on the disk.
   *
   * @throws ApiException 404 {@code node_not_found}
   */
  void decide(String node, MembershipState standing) {
    Instant now = clock.instant();
    Sighting decided =
        sightings.computeIfPresent(
            node,
            (name, known) ->
                new Sighting(
                    known.facts(),
                    known.reported(),
                    known.note().with(standing, now),
                    known.seen(),
                    known.heard()));
    if (decided == null) {
      throw unknown(node);
    }
    notes.keep(decided.note()).toCompletableFuture().join();
  }

  /** Every node of the cluster, by name. */
  public List<Member> members() {
    return sightings.values().stream().filter(NodeRegistry::belongs).map(this::member).toList();
  }

  /** Whether a node has reported since the master's start. */
  boolean hasHeardOfAny() {
    return sightings.values().stream().anyMatch(Sighting::reported);
  }

  /** Those that can be reached now, by name. */
  public List<Member> online() {
    return members().stream().filter(Member::online).toList();
  }

  /** Those that may get new work and new values now, by name. */
  public List<Member> takingNew() {
    return members().stream().filter(Member::takesNew).toList();
  }

  /** The node of that name, if it belongs to the cluster. */
  public Optional<Member> find(String name) {
    return Optional.ofNullable(sightings.get(name)).filter(NodeRegistry::belongs).map(this::member);
  }

  /** 404 {@code node_not_found}. */
  public static ApiException unknown(String node) {
    return ApiException.notFound(
        "node_not_found", "there is no node " + node + "; admin/network lists those there are");
  }

  private static ApiException nameTaken(NodeFacts known) {
    return ApiException.conflict(
        "node_name_taken",
        "a node named "
            + known.name()
            + " is online at "
            + known.url()
            + ": give one of them another pulzar.node.name");
  }

  private static ApiException removed(String node) {
    return ApiException.conflict(
        "node_removed",
        "the node "
            + node
            + " was removed from the cluster: stop it, or let it in again with pulzar drain "
            + node
            + " --undo");
  }

  private Member member(Sighting sighting) {
    return new Member(
        sighting.facts(),
        sighting.seen(),
        isOnline(sighting),
        sighting.note().standing() == MembershipState.DRAINING);
  }

  private boolean isOnline(Sighting sighting) {
    return sighting.reported()
        && belongs(sighting)
        && sighting.heard().plus(lost).compareTo(time.now()) > 0;
  }

  private static boolean belongs(Sighting sighting) {
    return sighting.note().standing() != MembershipState.REMOVED;
  }
}
