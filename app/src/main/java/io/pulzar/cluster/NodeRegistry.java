package io.pulzar.cluster;

import io.pulzar.http.ApiException;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that the master knows: each that reported since the master started. A node is online
 * while its reports come; one that fell silent stays in the list, so that its absence is seen.
 */
@OnMaster
@Singleton
public final class NodeRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);

  /**
   * A node and when it was heard of last.
   *
   * @param online whether that is recent enough
   */
  public record Member(NodeFacts facts, Instant seen, boolean online) {}

  private record Sighting(NodeFacts facts, Instant seen) {}

  private final Clock clock;
  private final Duration lost;
  private final Map<String, Sighting> sightings = new ConcurrentSkipListMap<>();

  @Inject
  NodeRegistry(Clock clock, Settings settings) {
    this(clock, ClusterSettings.of(settings).lost());
  }

  NodeRegistry(Clock clock, Duration lost) {
    this.clock = clock;
    this.lost = lost;
  }

  /**
   * Takes a node's report.
   *
   * @throws ApiException 409 {@code node_name_taken} when another node with this name is online
   */
  void report(NodeFacts facts) {
    Instant now = clock.instant();
    sightings.compute(
        facts.name(),
        (name, known) -> {
          if (known != null && !known.facts().id().equals(facts.id()) && isOnline(known, now)) {
            throw ApiException.conflict(
                "node_name_taken",
                "a node named "
                    + name
                    + " is online at "
                    + known.facts().url()
                    + ": give one of them another pulzar.node.name");
          }
          if (known == null || !isOnline(known, now)) {
            LOG.info("node {} is online at {}", name, facts.url());
          }
          return new Sighting(facts, now);
        });
  }

  /** Every node heard of, by name. */
  public List<Member> members() {
    Instant now = clock.instant();
    return sightings.values().stream().map(sighting -> member(sighting, now)).toList();
  }

  /** Those that can be reached now, by name. */
  public List<Member> online() {
    return members().stream().filter(Member::online).toList();
  }

  /** The node of that name, if it was ever heard of. */
  public Optional<Member> find(String name) {
    Sighting sighting = sightings.get(name);
    return sighting == null ? Optional.empty() : Optional.of(member(sighting, clock.instant()));
  }

  private Member member(Sighting sighting, Instant now) {
    return new Member(sighting.facts(), sighting.seen(), isOnline(sighting, now));
  }

  private boolean isOnline(Sighting sighting, Instant now) {
    return sighting.seen().plus(lost).isAfter(now);
  }
}
