package io.pulzar.keys;

import io.pulzar.bucket.OnBucket;
import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyOperations.CopyQuestion;
import io.pulzar.keys.KeyOperations.MovedObject;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.KeyOperations.Versions;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.NodeLinks;
import io.pulzar.link.Operation;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one value into the bucket or out of it. The bytes are complete and checked at their new
 * place before the index changes, and go from the old one after that. So whatever breaks off
 * between leaves the value where it was, and bytes that no key stands for, which are found by those
 * who look for such.
 */
@OnMaster
@OnBucket
@Singleton
final class ValueMoves {

  private static final Logger LOG = LoggerFactory.getLogger(ValueMoves.class);

  /** Refusals that are about this value, and come again. */
  private static final Set<String> ABOUT_THE_VALUE =
      Set.of("value_damaged", "key_not_found", "copy_failed");

  private final KeyIndex index;
  private final ObjectIndex objects;
  private final Placement placement;
  private final NodeLinks links;

  ValueMoves(KeyIndex index, ObjectIndex objects, Placement placement, NodeLinks links) {
    this.index = index;
    this.objects = objects;
    this.placement = placement;
    this.links = links;
  }

  /** What became of a value. */
  sealed interface Outcome {

    /** It is at its new place. */
    record Moved() implements Outcome {}

    /** Its key stands for something else by now, or is gone. */
    record Changed() implements Outcome {}

    /** It can't be moved, because its bytes are damaged or gone. */
    record Stuck(String why) implements Outcome {}

    /**
     * It can't be moved now.
     *
     * @param node that did not do what it was asked to; empty: none was asked
     */
    record Waits(String why, Optional<String> node) implements Outcome {}
  }

  private static final Outcome MOVED = new Outcome.Moved();
  private static final Outcome CHANGED = new Outcome.Changed();

  /**
   * From the disks of nodes; never fails.
   *
   * @param failing nodes that are not asked
   */
  CompletionStage<Outcome> intoBucket(Row row, Set<String> failing) {
    List<Replica> sources =
        row.location().holders().stream()
            .filter(copy -> !failing.contains(copy.node()))
            .filter(copy -> placement.atBucket(copy.node()).isPresent())
            .toList();
    return sources.isEmpty()
        ? CompletableFuture.completedStage(new Outcome.Waits(noSource(row), Optional.empty()))
        : intoBucket(row, sources);
  }

  private static String noSource(Row row) {
    return row.location().holders().stream()
            .map(Replica::node)
            .collect(Collectors.joining(", ", "node ", ""))
        + " is offline, or has no pulzar.values";
  }

  /** From the first copy that is whole. */
  private CompletionStage<Outcome> intoBucket(Row row, List<Replica> sources) {
    Replica source = sources.getFirst();
    Operation<Registration, MovedObject> move =
        KeyOperations.forBytes(KeyOperations.MOVE, 2 * row.location().size());
    return ask(source.node(), move, Registration.of(row.key(), source, row.location()))
        .thenCompose(moved -> recorded(row, moved))
        .exceptionally(failure -> outcome(row, source.node(), failure))
        .thenCompose(
            outcome ->
                outcome instanceof Outcome.Stuck && sources.size() > 1
                    ? intoBucket(row, sources.subList(1, sources.size()))
                    : CompletableFuture.completedStage(outcome));
  }

  private CompletionStage<Outcome> recorded(Row row, MovedObject moved) {
    Replica object = new Replica(Location.BUCKET, moved.id());
    return index
        .move(row, object, Base64.getDecoder().decode(moved.blocks()))
        .thenCompose(
            isMoved ->
                isMoved
                    ? CompletableFuture.completedStage(MOVED)
                    : objects
                        .condemn(List.of(object.id()), Duration.ZERO)
                        .thenApply(gone -> CHANGED));
  }

  /**
   * Onto the disk of a node; never fails.
   *
   * @param failing nodes that are not asked
   */
  CompletionStage<Outcome> ontoDisk(Row row, Set<String> failing) {
    Optional<String> target =
        placement.fromBucket().stream()
            .map(member -> member.facts().name())
            .filter(name -> !failing.contains(name))
            .findFirst();
    if (target.isEmpty()) {
      return CompletableFuture.completedStage(
          new Outcome.Waits(
              "no node is online that has pulzar.values and takes values", Optional.empty()));
    }
    String node = target.get();
    Replica source = row.location().holders().getFirst();
    CopyQuestion question =
        new CopyQuestion(Registration.of(row.key(), source, row.location()), "");
    return ask(node, KeyOperations.forBytes(KeyOperations.COPY, row.location().size()), question)
        .thenCompose(copy -> shown(row, copy))
        .exceptionally(failure -> outcome(row, node, failure));
  }

  /** Bytes that the index did not take in are removed by their node, now or when it has asked. */
  private CompletionStage<Outcome> shown(Row row, Replica copy) {
    return index
        .move(row, copy, new byte[0])
        .thenCompose(
            isMoved ->
                tell(isMoved ? KeyOperations.SHOW : KeyOperations.REMOVE, row.key(), copy)
                    .thenApply(told -> isMoved ? MOVED : CHANGED));
  }

  private CompletionStage<Boolean> tell(
      Operation<Versions, KeyOperations.Count> operation, Key key, Replica copy) {
    Versions versions = new Versions(List.of(new ValueVersion(key.path(), copy.id())));
    return ask(copy.node(), operation, versions).handle((done, failure) -> failure == null);
  }

  private <Q, A> CompletionStage<A> ask(String node, Operation<Q, A> operation, Q question) {
    try {
      return links.to(node).ask(operation, question);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Outcome outcome(Row row, String node, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!isStill(row)) {
      return CHANGED;
    }
    if (cause instanceof ApiException refusal) {
      LOG.warn("{} is not moved: {}", row.key(), refusal.getMessage());
      return ABOUT_THE_VALUE.contains(refusal.code())
          ? new Outcome.Stuck(String.valueOf(refusal.getMessage()))
          : new Outcome.Waits("node " + node + ": " + refusal.getMessage(), Optional.of(node));
    }
    if (cause instanceof LinkDownException) {
      placement.failed(node);
      return new Outcome.Waits("node " + node + " does not answer", Optional.of(node));
    }
    LOG.error("{} is not moved", row.key(), cause);
    return new Outcome.Waits("the master's log tells why", Optional.of(node));
  }

  private boolean isStill(Row row) {
    Optional<Location> now = index.find(row.key());
    return now.filter(location -> location.isSameContent(row.location())).isPresent();
  }
}
