package io.pulzar.keys;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.cluster.NodeLinks;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.cluster.Operation;
import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyOperations.Held;
import io.pulzar.keys.KeyOperations.InspectQuestion;
import io.pulzar.keys.KeyOperations.Inspected;
import io.pulzar.keys.KeyOperations.SweepQuestion;
import io.pulzar.keys.KeyOperations.Versions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at everything: has every node the bytes that it says, and do the index and the nodes
 * agree? It goes on beside writes and deletions: what seems wrong is looked at again on both sides
 * before it counts.
 */
final class Inspection {

  private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);
  private static final int PAGE = 1_000;

  /** As many are named of each kind of finding; all are counted. */
  private static final int NAMED = 100;

  /**
   * What was found.
   *
   * @param values that were read
   * @param bytes of them
   * @param damaged values whose bytes are not those that were written; nothing repairs them here
   * @param lost keys whose node has no value for them; repaired: the keys are gone
   * @param unlisted values that no key stands for; repaired: their keys are there again
   * @param outdated values that another one has replaced; repaired: they are gone
   * @param different keys of which the index knew something else than the node; repaired: what the
   *     node knows counts
   * @param files on nodes that belong to no value; repaired: they are gone
   * @param unreachable nodes that did not answer, with keys that were not looked at
   */
  @Serdeable
  record Report(
      boolean fixed,
      long values,
      long bytes,
      Findings damaged,
      Findings lost,
      Findings unlisted,
      Findings outdated,
      Findings different,
      long files,
      List<String> unreachable) {

    boolean isClean() {
      return damaged.count() + lost.count() + unlisted.count() + outdated.count() == 0
          && different.count() + files == 0
          && unreachable.isEmpty();
    }
  }

  /**
   * Findings of one kind.
   *
   * @param keys some of them
   */
  @Serdeable
  record Findings(long count, List<String> keys) {}

  private static final class Collected {
    private final List<String> keys = new ArrayList<>();
    private long count;

    void add(String key) {
      count++;
      if (keys.size() < NAMED) {
        keys.add(key);
      }
    }

    Findings findings() {
      return new Findings(count, List.copyOf(keys));
    }
  }

  private final KeyIndex index;
  private final NodeRegistry nodes;
  private final NodeLinks links;
  private final InstantSource clock;
  private final boolean fix;
  private final Pace pace;
  private final Collected damaged = new Collected();
  private final Collected lost = new Collected();
  private final Collected unlisted = new Collected();
  private final Collected outdated = new Collected();
  private final Collected different = new Collected();
  private final Set<String> unreachable = new TreeSet<>();
  private long values;
  private long bytes;
  private long files;

  /** What is done after a page that took so long. */
  @FunctionalInterface
  interface Pace {
    void rest(Duration taken) throws InterruptedException;
  }

  /**
   * @param fix whether what can be repaired is
   */
  Inspection(
      KeyIndex index,
      NodeRegistry nodes,
      NodeLinks links,
      InstantSource clock,
      boolean fix,
      Pace pace) {
    this.clock = clock;
    this.pace = pace;
    this.index = index;
    this.nodes = nodes;
    this.links = links;
    this.fix = fix;
  }

  /** Looks at everything, which takes as long as reading it. */
  Report run() throws InterruptedException {
    for (NodeRegistry.Member member : nodes.members()) {
      if (member.online()) {
        lookAtNode(member.facts().name());
      } else {
        unreachable.add(member.facts().name());
      }
    }
    lookAtIndex();
    return new Report(
        fix,
        values,
        bytes,
        damaged.findings(),
        lost.findings(),
        unlisted.findings(),
        outdated.findings(),
        different.findings(),
        files,
        List.copyOf(unreachable));
  }

  private void lookAtNode(String node) throws InterruptedException {
    @Nullable Version after = null;
    do {
      long start = System.nanoTime();
      Optional<Inspected> page = ask(node, KeyOperations.INSPECT, new InspectQuestion(after));
      if (page.isEmpty()) {
        return;
      }
      page.get().values().forEach(this::lookAt);
      after = page.get().next();
      pace.rest(Duration.ofNanos(System.nanoTime() - start));
    } while (after != null);
    ask(node, KeyOperations.SWEEP, new SweepQuestion(fix))
        .ifPresent(orphans -> files += orphans.count());
  }

  private void lookAt(Held held) {
    KeyOperations.Registration value = held.value();
    values++;
    bytes += value.size();
    if (held.damage() != null) {
      damaged.add(value.key() + " on " + value.node() + ": " + held.damage());
    }
    Key key = new Key(value.key());
    Optional<Location> listed = index.find(key);
    if (listed.equals(Optional.of(value.location()))) {
      return;
    }
    // It was not listed a moment ago: a deletion or a replacement may be under way.
    if (value.location().expiredAt(clock.instant())
        || index.isGarbage(value.node(), value.id())
        || !isHeld(value)) {
      return;
    }
    listed = index.find(key);
    if (listed.isEmpty()) {
      unlisted.add(value.key());
      adopt(key, value);
    } else if (!listed.get().node().equals(value.node()) || listed.get().id() != value.id()) {
      outdated.add(value.key());
      drop(value);
    } else if (!listed.get().equals(value.location())) {
      different.add(value.key());
      adopt(key, value);
    }
  }

  private void lookAtIndex() throws InterruptedException {
    String after = "";
    List<Row> page = index.page("", after, PAGE);
    while (!page.isEmpty()) {
      long start = System.nanoTime();
      Map<String, List<Row>> byNode = new TreeMap<>();
      page.forEach(
          row -> byNode.computeIfAbsent(row.location().node(), node -> new ArrayList<>()).add(row));
      byNode.forEach(this::lookAtRows);
      pace.rest(Duration.ofNanos(System.nanoTime() - start));
      after = page.getLast().key().path();
      page = index.page("", after, PAGE);
    }
  }

  private void lookAtRows(String node, List<Row> rows) {
    // The second look tells what is missing from what was just being changed.
    List<Row> suspicious = missing(node, missing(node, rows));
    for (Row row : suspicious) {
      lost.add(row.key().path());
      if (fix) {
        index.forget(node, version(row)).toCompletableFuture().join();
      }
    }
  }

  /** Those of the rows that are in the index now, and not on the node. */
  private List<Row> missing(String node, List<Row> rows) {
    if (rows.isEmpty() || unreachable.contains(node)) {
      return List.of();
    }
    List<Version> asked = rows.stream().map(Inspection::version).toList();
    return ask(node, KeyOperations.HELD, new Versions(asked))
        .map(
            answer -> {
              Set<Version> held = new HashSet<>(answer.versions());
              return rows.stream()
                  .filter(row -> !held.contains(version(row)))
                  .filter(row -> index.find(row.key()).equals(Optional.of(row.location())))
                  .toList();
            })
        .orElse(List.of());
  }

  private static Version version(Row row) {
    return new Version(row.key().path(), row.location().id());
  }

  private boolean isHeld(KeyOperations.Registration value) {
    Version version = new Version(value.key(), value.id());
    return ask(value.node(), KeyOperations.HELD, new Versions(List.of(version)))
        .filter(held -> held.versions().contains(version))
        .isPresent();
  }

  private void adopt(Key key, KeyOperations.Registration value) {
    if (fix) {
      index.adopt(List.of(new Row(key, value.location()))).toCompletableFuture().join();
      // Its node may have been told to drop it in the meantime.
      if (!isHeld(value)) {
        Version version = new Version(value.key(), value.id());
        index.forget(value.node(), version).toCompletableFuture().join();
      }
    }
  }

  private void drop(KeyOperations.Registration value) {
    if (fix) {
      Version version = new Version(value.key(), value.id());
      ask(value.node(), KeyOperations.REMOVE, new Versions(List.of(version)));
    }
  }

  /** Empty, and remembered, when the node does not answer. */
  private <Q, A> Optional<A> ask(String node, Operation<Q, A> operation, Q question) {
    if (unreachable.contains(node)) {
      return Optional.empty();
    }
    try {
      return Optional.of(links.to(node).ask(operation, question).toCompletableFuture().join());
    } catch (ApiException | CompletionException e) {
      LOG.warn("the check leaves out node {}: {}", node, String.valueOf(e.getMessage()));
      unreachable.add(node);
      return Optional.empty();
    }
  }
}
