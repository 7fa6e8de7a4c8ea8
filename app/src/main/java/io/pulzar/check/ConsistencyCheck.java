package io.pulzar.check;

import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyFilter;
import io.pulzar.keys.KeyIndex;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyOperations;
import io.pulzar.keys.KeyOperations.Held;
import io.pulzar.keys.KeyOperations.InspectQuestion;
import io.pulzar.keys.KeyOperations.Inspected;
import io.pulzar.keys.KeyOperations.SweepQuestion;
import io.pulzar.keys.KeyOperations.UnreadableQuestion;
import io.pulzar.keys.KeyOperations.Versions;
import io.pulzar.keys.Location;
import io.pulzar.keys.Replica;
import io.pulzar.keys.Replication;
import io.pulzar.keys.ReplicationRules;
import io.pulzar.keys.ValueVersion;
import io.pulzar.link.NodeLinks;
import io.pulzar.link.Operation;
import io.pulzar.storage.Database;
import io.pulzar.storage.UnreadableRecordException;
import io.pulzar.values.BucketCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at everything: has every node the bytes that it says, and do the index and the nodes
 * agree? It goes on beside writes and deletions: what seems wrong is looked at again on both sides
 * before it counts.
 */
final class ConsistencyCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ConsistencyCheck.class);
  private static final int PAGE = 1_000;

  private final KeyIndex index;
  private final ReplicationRules rules;
  private final Replication copies;
  private final NodeRegistry nodes;
  private final NodeLinks links;
  private final InstantSource clock;
  private final List<Database> databases;
  private final Optional<BucketInspection> bucket;
  private final boolean fix;
  private final Pace pace;
  private final ConsistencyCheckNotes found = new ConsistencyCheckNotes();

  /** What is done after a page that took so long. */
  @FunctionalInterface
  interface Pace {
    void rest(Duration taken) throws InterruptedException;
  }

  /**
   * @param fix whether what can be repaired is
   */
  ConsistencyCheck(
      KeyIndex index,
      ReplicationRules rules,
      Replication copies,
      NodeRegistry nodes,
      NodeLinks links,
      InstantSource clock,
      List<Database> databases,
      Optional<BucketCheck> bucket,
      boolean fix,
      Pace pace) {
    this.rules = rules;
    this.bucket = bucket.map(objects -> new BucketInspection(objects, index, found, fix));
    this.copies = copies;
    this.clock = clock;
    this.databases = List.copyOf(databases);
    this.pace = pace;
    this.index = index;
    this.nodes = nodes;
    this.links = links;
    this.fix = fix;
  }

  /** Looks at everything, which takes as long as reading it. */
  ConsistencyReport run() throws InterruptedException {
    for (NodeRegistry.Member member : nodes.members()) {
      if (member.online()) {
        lookAtNode(member.facts().name());
      } else {
        found.unreachable.add(member.facts().name());
      }
    }
    lookAtIndex();
    bucket.ifPresent(BucketInspection::lookForStrays);
    // After the repair of keys: what is still told is what is left.
    for (Database database : databases) {
      failIfStopped();
      database.verify().forEach(found.unreadable::add);
    }
    return found.report(fix);
  }

  /** Between steps, so that no stop waits for it. */
  static void failIfStopped() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void lookAtNode(String node) throws InterruptedException {
    @Nullable ValueVersion after = null;
    do {
      long start = System.nanoTime();
      Optional<Inspected> page = ask(node, KeyOperations.INSPECT, new InspectQuestion(after));
      if (page.isEmpty()) {
        return;
      }
      for (Held held : page.get().values()) {
        lookAt(held);
        failIfStopped();
      }
      after = page.get().next();
      pace.rest(Duration.ofNanos(System.nanoTime() - start));
    } while (after != null);
    ask(node, KeyOperations.UNREADABLE, new UnreadableQuestion())
        .ifPresent(
            names -> names.names().forEach(name -> found.unreadable.add(node + ": " + name)));
    ask(node, KeyOperations.SWEEP, new SweepQuestion(fix))
        .ifPresent(orphans -> found.files += orphans.count());
  }

  private void lookAt(Held held) {
    KeyOperations.Registration value = held.value();
    found.values++;
    found.bytes += value.size();
    Key key = new Key(value.key());
    Optional<Location> listed = listed(key);
    if (held.damage() != null && !index.isGarbage(value.node(), value.id())) {
      damaged(key, value, held.damage(), listed);
    }
    if (listed.filter(location -> agrees(location, value)).isPresent()) {
      return;
    }
    // It was not listed a moment ago: a deletion or a replacement may be under way.
    if (value.location().expiredAt(clock.instant())
        || index.isGarbage(value.node(), value.id())
        || !isHeld(value)) {
      return;
    }
    listed = listed(key);
    if (listed.isEmpty()) {
      found.unlisted.add(value.key());
      adopt(key, value);
    } else if (listed.get().isInBucket() && listed.get().isSameContent(value.location())) {
      // It was moved, before or after what the index or the node was restored from.
      found.different.add(value.key());
      takeBack(new Row(key, listed.get()), held);
    } else if (!listed.get().isAt(value.node(), value.id())) {
      found.outdated.add(value.key());
      drop(value);
    } else if (!agrees(listed.get(), value)) {
      found.different.add(value.key());
      adopt(key, value);
    }
  }

  /** The bytes on the node are certain: those in the bucket may be gone. */
  private void takeBack(Row row, Held held) {
    if (fix && held.damage() == null) {
      Replica copy = new Replica(held.value().node(), held.value().id());
      boolean _ = index.move(row, copy, new byte[0]).toCompletableFuture().join();
    }
  }

  /** A record that can't be read is as good as none. */
  private Optional<Location> listed(Key key) {
    try {
      return index.find(key);
    } catch (UnreadableRecordException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean agrees(Location listed, KeyOperations.Registration value) {
    Location held = value.location();
    return listed.isAt(value.node(), value.id())
        && listed.size() == held.size()
        && listed.checksum() == held.checksum()
        && listed.written().equals(held.written())
        && listed.expires().equals(held.expires());
  }

  /** A copy that is damaged gives way to one that is made of another. */
  private void damaged(
      Key key, KeyOperations.Registration value, String damage, Optional<Location> listed) {
    String what = value.key() + " on " + value.node() + ": " + damage;
    boolean hasOthers =
        listed
            .filter(location -> location.isAt(value.node(), value.id()))
            .filter(location -> location.holders().size() > 1)
            .isPresent();
    if (!hasOthers) {
      found.damaged.add(what);
      return;
    }
    found.spoiled.add(what);
    if (fix) {
      Row row = new Row(key, listed.orElseThrow());
      Replica copy = new Replica(value.node(), value.id());
      found.open += copies.renew(row, copy).toCompletableFuture().join() ? 0 : 1;
    }
  }

  private void lookAtIndex() throws InterruptedException {
    String after = "";
    List<Row> page = index.page(KeyFilter.ALL, after, PAGE);
    while (!page.isEmpty()) {
      long start = System.nanoTime();
      Map<String, List<Row>> byNode = new TreeMap<>();
      page.forEach(
          row ->
              row.location()
                  .holders()
                  .forEach(
                      copy ->
                          byNode.computeIfAbsent(copy.node(), node -> new ArrayList<>()).add(row)));
      List<Row> objects = Optional.ofNullable(byNode.remove(Location.BUCKET)).orElse(List.of());
      if (bucket.isPresent()) {
        bucket.get().lookAt(objects);
      }
      for (Map.Entry<String, List<Row>> ofNode : byNode.entrySet()) {
        lookAtRows(ofNode.getKey(), ofNode.getValue());
      }
      for (Row row : page) {
        lookAtNumber(row);
        failIfStopped();
      }
      pace.rest(Duration.ofNanos(System.nanoTime() - start));
      after = page.getLast().key().path();
      page = index.page(KeyFilter.ALL, after, PAGE);
    }
  }

  private void lookAtRows(String node, List<Row> rows) throws InterruptedException {
    // The second look tells what is missing from what was just being changed.
    for (Row row : missing(node, missing(node, rows))) {
      failIfStopped();
      if (row.location().holders().size() > 1) {
        found.missing.add(row.key() + " on " + node);
        if (fix) {
          index.forget(node, version(row, node)).toCompletableFuture().join();
          complete(row.key());
        }
      } else {
        found.lost.add(row.key().path());
        if (fix) {
          index.forget(node, version(row, node)).toCompletableFuture().join();
        }
      }
    }
  }

  private void lookAtNumber(Row row) {
    if (row.location().isInBucket()) {
      return;
    }
    Optional<Location> present = index.find(row.key());
    if (present.filter(location -> lacking(row.key(), location) > 0).isPresent()) {
      found.missing.add(row.key().path());
      if (fix) {
        complete(row.key());
      }
    }
  }

  private int lacking(Key key, Location location) {
    return rules.wanted(key, location.sharing().asked()) - location.holders().size();
  }

  /** Makes the copies that a value lacks. */
  private void complete(Key key) {
    Optional<Location> present = index.find(key);
    int lacking = present.map(location -> lacking(key, location)).orElse(0);
    if (lacking > 0) {
      found.open +=
          lacking
              - copies
                  .add(new Row(key, present.orElseThrow()), lacking)
                  .toCompletableFuture()
                  .join();
    }
  }

  /** Those of the rows that are in the index now, and not on the node. */
  private List<Row> missing(String node, List<Row> rows) {
    if (rows.isEmpty() || found.unreachable.contains(node)) {
      return List.of();
    }
    List<ValueVersion> asked = rows.stream().map(row -> version(row, node)).toList();
    return ask(node, KeyOperations.HELD, new Versions(asked))
        .map(
            answer -> {
              Set<ValueVersion> held = new HashSet<>(answer.versions());
              return rows.stream()
                  .filter(row -> !held.contains(version(row, node)))
                  .filter(row -> index.find(row.key()).equals(Optional.of(row.location())))
                  .toList();
            })
        .orElse(List.of());
  }

  private static ValueVersion version(Row row, String node) {
    return new ValueVersion(row.key().path(), row.location().at(node).orElseThrow().id());
  }

  private static ValueVersion versionOf(KeyOperations.Registration value) {
    return new ValueVersion(value.key(), value.id());
  }

  private boolean isHeld(KeyOperations.Registration value) {
    ValueVersion version = versionOf(value);
    return ask(value.node(), KeyOperations.HELD, new Versions(List.of(version)))
        .filter(held -> held.versions().contains(version))
        .isPresent();
  }

  private void adopt(Key key, KeyOperations.Registration value) {
    if (fix) {
      index.adopt(List.of(new Row(key, value.location()))).toCompletableFuture().join();
      // Its node may have been told to drop it in the meantime.
      if (!isHeld(value)) {
        index.forget(value.node(), versionOf(value)).toCompletableFuture().join();
      }
    }
  }

  private void drop(KeyOperations.Registration value) {
    if (fix) {
      ask(value.node(), KeyOperations.REMOVE, new Versions(List.of(versionOf(value))));
    }
  }

  /** Empty, and remembered, when the node does not answer. */
  private <Q, A> Optional<A> ask(String node, Operation<Q, A> operation, Q question) {
    if (found.unreachable.contains(node)) {
      return Optional.empty();
    }
    try {
      return Optional.of(links.to(node).ask(operation, question).toCompletableFuture().join());
    } catch (ApiException | CompletionException e) {
      LOG.warn("the check leaves out node {}: {}", node, String.valueOf(e.getMessage()));
      found.unreachable.add(node);
      return Optional.empty();
    }
  }
}
