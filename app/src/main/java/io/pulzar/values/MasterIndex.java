package io.pulzar.values;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations;
import io.pulzar.keys.KeyOperations.FoundObject;
import io.pulzar.keys.KeyOperations.Holdings;
import io.pulzar.keys.KeyOperations.Identification;
import io.pulzar.keys.KeyOperations.KeyQuestion;
import io.pulzar.keys.KeyOperations.Numbers;
import io.pulzar.keys.KeyOperations.NumbersQuestion;
import io.pulzar.keys.KeyOperations.ObjectRegistration;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.KeyOperations.Settlement;
import io.pulzar.keys.KeyOperations.Standing;
import io.pulzar.keys.KeyOperations.StandingQuestion;
import io.pulzar.keys.Location;
import io.pulzar.keys.ValueVersion;
import io.pulzar.keys.WriteCondition;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.MasterLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
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

  /** Numbers for objects in the bucket. */
  CompletionStage<Numbers> numbers(int count) {
    return link.ask(KeyOperations.NUMBERS, new NumbersQuestion(count));
  }

  /**
   * Makes a value visible that is complete in the bucket.
   *
   * @param blocks checksums of its blocks
   */
  CompletionStage<Recorded> recordObject(
      StoredValue value, int[] blocks, WriteCondition condition) {
    return link.ask(
        KeyOperations.RECORD_OBJECT,
        new ObjectRegistration(
            registration(Location.BUCKET, value, condition),
            Base64.getEncoder().encodeToString(ValueTables.packed(blocks))));
  }

  /**
   * A key's value and where its bytes are.
   *
   * @return or an {@link ApiException}: 404 {@code key_not_found}, 503 {@code master_unreachable}
   */
  CompletionStage<FoundObject> findObject(Key key) {
    return link.ask(KeyOperations.FIND_OBJECT, new KeyQuestion(key.path()))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(isDown(failure) ? unreachableForReads() : failure));
  }

  private static ApiException unreachableForReads() {
    return ApiException.unavailable(
        "master_unreachable",
        "Only the master knows what a key stands for, and it can't be reached; try again",
        Duration.ofSeconds(2));
  }

  /** Which of these objects count; the others can be removed, and never will count. */
  CompletionStage<List<ValueVersion>> settleObjects(List<ValueVersion> versions, boolean adopt) {
    return link.ask(KeyOperations.SETTLE, new Settlement(Location.BUCKET, versions, adopt))
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
    return registration(node, value, condition);
  }

  private static Registration registration(
      String where, StoredValue value, WriteCondition condition) {
    return new Registration(
        value.key(),
        where,
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
