package io.pulzar.values;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations;
import io.pulzar.keys.KeyOperations.Holdings;
import io.pulzar.keys.KeyOperations.Identification;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.KeyOperations.Settlement;
import io.pulzar.keys.KeyOperations.Standing;
import io.pulzar.keys.KeyOperations.StandingQuestion;
import io.pulzar.keys.ValueVersion;
import io.pulzar.keys.WriteCondition;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.MasterLink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The master's index as its node sees it. */
final class MasterIndex {

  private final MasterLink link;
  private final String node;

  /**
   * @param node this node's name
   */
  MasterIndex(MasterLink link, String node) {
    this.link = link;
    this.node = node;
  }

  CompletionStage<Recorded> record(StoredValue value, WriteCondition condition) {
    return link.ask(
        KeyOperations.forBytes(KeyOperations.RECORD, value.size()), registration(value, condition));
  }

  /**
   * Whether a version of this node is its key's value.
   *
   * @param id 0: there is none
   * @return or an {@link ApiException}: 404 {@code key_not_found}, 503 {@code node_offline}, {@code
   *     master_unreachable}
   */
  CompletionStage<Standing> standing(Key key, long id) {
    return link.ask(KeyOperations.STANDING, new StandingQuestion(node, key.path(), id))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedStage(isDown(failure) ? unreachable() : failure));
  }

  private static boolean isDown(Throwable failure) {
    return failure instanceof LinkDownException || failure.getCause() instanceof LinkDownException;
  }

  private static ApiException unreachable() {
    return ApiException.unavailable(
        "master_unreachable",
        "The value has copies on other nodes, and only the master knows which counts; it can't be"
            + " reached, try again",
        Duration.ofSeconds(2));
  }

  /** The versions that count; the others can be dropped. */
  CompletionStage<List<ValueVersion>> settle(List<ValueVersion> versions, boolean adopt) {
    return link.ask(KeyOperations.SETTLE, new Settlement(node, versions, adopt))
        .thenApply(KeyOperations.Versions::versions);
  }

  /** How many of these the master had lost. */
  CompletionStage<Integer> adopt(List<StoredValue> values) {
    List<Registration> held =
        values.stream().map(value -> registration(value, WriteCondition.NONE)).toList();
    return link.ask(KeyOperations.ADOPT, new Holdings(held)).thenApply(KeyOperations.Count::count);
  }

  /**
   * What the master knows of these versions of this node, of which only the number is known here.
   */
  List<Registration> identify(List<Long> ids) {
    return link.ask(KeyOperations.IDENTIFY, new Identification(node, ids))
        .thenApply(Holdings::values)
        .toCompletableFuture()
        .join();
  }

  String node() {
    return node;
  }

  /** All about a version, as the master records it. */
  Registration registration(StoredValue value, WriteCondition condition) {
    return new Registration(
        value.key(),
        node,
        value.id(),
        value.size(),
        value.checksum(),
        value.written().toEpochMilli(),
        value.expires().map(Instant::toEpochMilli).orElse(null),
        condition.replace(),
        value.shared().version(),
        value.shared().asked(),
        condition.ifMatch(),
        condition.ifNoneMatch());
  }
}
