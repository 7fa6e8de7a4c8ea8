package io.pulzar.keys;

import io.pulzar.cluster.NodeRegistry.Member;
import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyOperations.CopyQuestion;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.KeyOperations.Versions;
import io.pulzar.link.NodeLinks;
import io.pulzar.link.Operation;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has nodes copy values from each other. A copy is made hidden, then the index takes it in, then it
 * is shown; one that the index did not take in is removed by its node, when it has asked.
 */
@OnMaster
@Singleton
public final class Replication {

  private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

  private static final CompletionStage<Boolean> DONE = CompletableFuture.completedStage(true);
  private static final CompletionStage<Boolean> NOT_DONE = CompletableFuture.completedStage(false);

  private final KeyIndex index;
  private final Placement placement;
  private final NodeLinks links;
  private final GarbageRounds garbage;

  Replication(KeyIndex index, Placement placement, NodeLinks links, GarbageRounds garbage) {
    this.index = index;
    this.placement = placement;
    this.links = links;
    this.garbage = garbage;
  }

  /** Copies of one value that nobody can see yet. */
  private record Made(List<Replica> copies, Set<String> tried) {}

  /**
   * Makes a value visible on as many nodes as it is wanted.
   *
   * @param value as the node has it that got it from its client
   * @return what became of it; or 503 {@code too_few_nodes}, with nothing changed
   */
  CompletionStage<RegistrationResult> record(Registration value, int wanted) {
    Key key = new Key(value.key());
    Optional<Location> present = index.find(key);
    if (!value.condition().isMet(present)) {
      return CompletableFuture.completedStage(new RegistrationResult.Unmet());
    }
    if (!value.replace() && present.isPresent()) {
      return CompletableFuture.completedStage(new RegistrationResult.Exists());
    }
    Location first = value.location().sharing(new ReplicaSet(value.id(), value.asked(), List.of()));
    Made none = new Made(List.of(), Set.of(value.node()));
    return copy(key, first, wanted - 1, none)
        .thenCompose(
            made -> {
              if (made.copies().size() < wanted - 1) {
                giveUp(key, made.copies());
                throw Placement.tooFewNodes(wanted, 1 + made.copies().size());
              }
              Location whole =
                  first.sharing(new ReplicaSet(value.id(), value.asked(), made.copies()));
              return index
                  .record(key, whole, value.condition())
                  .whenComplete((recording, failure) -> settle(key, made, recording));
            });
  }

  /** What the index did not take in is of no use; when that is not known, its nodes will ask. */
  private void settle(Key key, Made made, RegistrationResult recording) {
    if (recording instanceof RegistrationResult.Stored stored) {
      Optional<Location> old = stored.replaced();
      made.copies().forEach(copy -> show(key, copy, old.flatMap(gone -> gone.at(copy.node()))));
    } else if (recording != null) {
      giveUp(key, made.copies());
    }
  }

  /**
   * Makes copies that a value lacks.
   *
   * @param lacking how many
   * @return how many were made; never fails
   */
  public CompletionStage<Integer> add(Row row, int lacking) {
    Set<String> taken = new HashSet<>();
    row.location().holders().forEach(copy -> taken.add(copy.node()));
    return copy(row.key(), row.location(), lacking, new Made(List.of(), taken))
        .thenCompose(made -> takeIn(row, made.copies()))
        .exceptionally(
            failure -> {
              LOG.warn("{} can't be copied: {}", row.key(), failure.toString());
              return 0;
            });
  }

  /**
   * Makes a damaged copy again from another one, which is read to its end before anything changes.
   *
   * @return whether that was possible; never fails
   */
  public CompletionStage<Boolean> renew(Row row, Replica damaged) {
    Optional<Member> source = placement.online(row.location(), damaged.node());
    if (source.isEmpty()) {
      return NOT_DONE;
    }
    return ask(damaged.node(), question(row.key(), row.location(), source.get()))
        .thenCompose(made -> made.map(copy -> exchange(row, damaged, copy)).orElse(NOT_DONE))
        .exceptionally(
            failure -> {
              LOG.warn("{} can't be copied: {}", row.key(), failure.toString());
              return false;
            });
  }

  private CompletionStage<Boolean> exchange(Row row, Replica damaged, Replica copy) {
    return index
        .replaceCopy(row, damaged, copy)
        .thenCompose(
            counts -> {
              if (counts) {
                return show(row.key(), copy, Optional.of(damaged));
              }
              giveUp(row.key(), List.of(copy));
              return NOT_DONE;
            });
  }

  private CompletionStage<Integer> takeIn(Row row, List<Replica> copies) {
    CompletionStage<Integer> counted = CompletableFuture.completedStage(0);
    for (Replica copy : copies) {
      counted =
          counted.thenCompose(
              count ->
                  index
                      .addCopy(row, copy)
                      .thenCompose(
                          counts -> {
                            if (counts) {
                              return show(row.key(), copy, Optional.empty())
                                  .thenApply(shown -> count + 1);
                            }
                            giveUp(row.key(), List.of(copy));
                            return CompletableFuture.completedStage(count);
                          }));
    }
    return counted;
  }

  /** Asks one node after the other, as many at once as copies are missing. */
  private CompletionStage<Made> copy(Key key, Location from, int count, Made made) {
    int missing = count - made.copies().size();
    Optional<Member> source = placement.online(from, "");
    List<Member> targets = placement.forCopies(made.tried());
    if (missing == 0 || targets.isEmpty() || source.isEmpty()) {
      return CompletableFuture.completedStage(made);
    }
    List<Member> asked = targets.subList(0, Math.min(missing, targets.size()));
    Set<String> tried = new HashSet<>(made.tried());
    asked.forEach(member -> tried.add(member.facts().name()));
    List<CompletableFuture<Optional<Replica>>> answers =
        asked.stream()
            .map(target -> target.facts().name())
            .map(target -> ask(target, question(key, from, source.get())).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenCompose(
            done -> {
              List<Replica> all = new ArrayList<>(made.copies());
              answers.forEach(answer -> answer.join().ifPresent(all::add));
              return copy(key, from, count, new Made(all, tried));
            });
  }

  private static CopyQuestion question(Key key, Location from, Member source) {
    Replica copy = from.at(source.facts().name()).orElseThrow();
    return new CopyQuestion(Registration.of(key, copy, from), source.facts().url());
  }

  /** Empty when it could not be done. */
  private CompletionStage<Optional<Replica>> ask(String node, CopyQuestion question) {
    try {
      return links
          .to(node)
          .ask(KeyOperations.forBytes(KeyOperations.COPY, question.value().size()), question)
          .handle((copy, failure) -> failure == null ? Optional.of(copy) : failed(node, failure));
    } catch (ApiException e) {
      return CompletableFuture.completedStage(failed(node, e));
    }
  }

  private Optional<Replica> failed(String node, Throwable failure) {
    placement.failed(node);
    LOG.warn("node {} could not copy a value: {}", node, failure.getMessage());
    return Optional.empty();
  }

  /** In this order, so that there is no moment without a value. */
  private CompletionStage<Boolean> show(Key key, Replica copy, Optional<Replica> old) {
    return tell(KeyOperations.SHOW, key, copy)
        .thenCompose(
            done ->
                old.map(gone -> garbage.hide(gone.node(), List.of(version(key, gone))))
                    .orElse(DONE)
                    .thenApply(hidden -> true));
  }

  private void giveUp(Key key, List<Replica> copies) {
    copies.forEach(copy -> tell(KeyOperations.REMOVE, key, copy));
  }

  /** A node that does not hear it asks the master by itself. */
  private CompletionStage<Boolean> tell(
      Operation<Versions, KeyOperations.Count> operation, Key key, Replica copy) {
    try {
      return links
          .to(copy.node())
          .ask(operation, new Versions(List.of(version(key, copy))))
          .handle((done, failure) -> failure == null);
    } catch (ApiException e) {
      return CompletableFuture.completedStage(false);
    }
  }

  private static ValueVersion version(Key key, Replica copy) {
    return new ValueVersion(key.path(), copy.id());
  }
}
