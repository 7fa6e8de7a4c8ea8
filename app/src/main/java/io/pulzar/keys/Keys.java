package io.pulzar.keys;

import io.pulzar.http.ApiException;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What clients of the master can do with keys. */
@OnMaster
@Singleton
final class Keys {

  /** A client that deletes waits this long for the node; the key itself is gone before. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final KeyIndex index;
  private final Placement placement;
  private final GarbageRounds garbage;
  private final ReplicationRules rules;
  private final KeySettings settings;
  private final WriteSteps steps;

  @Inject
  Keys(
      KeyIndex index,
      Placement placement,
      GarbageRounds garbage,
      ReplicationRules rules,
      Settings settings) {
    this(index, placement, garbage, rules, KeySettings.of(settings), WriteSteps.NONE);
  }

  Keys(
      KeyIndex index,
      Placement placement,
      GarbageRounds garbage,
      ReplicationRules rules,
      KeySettings settings,
      WriteSteps steps) {
    this.rules = rules;
    this.steps = steps;
    this.index = index;
    this.placement = placement;
    this.garbage = garbage;
    this.settings = settings;
  }

  /**
   * The URL of the node that takes a key's new value.
   *
   * @param size bytes that the client announced; negative: not known
   * @throws ApiException 409 {@code key_exists}, 412 {@code precondition_failed}, 413 {@code
   *     value_too_large}, 503 {@code no_node}, 503 {@code too_few_nodes}
   */
  String nodeForNew(WriteOptions write, long size) {
    Key key = write.key();
    if (size > settings.maxSize()) {
      throw ApiException.tooLarge(
          "value_too_large",
          "The value has %d bytes and may have %d; send less, or raise pulzar.general.maxsize"
              .formatted(size, settings.maxSize()));
    }
    Optional<Location> present = index.find(key);
    if (!write.condition().isMet(present)) {
      throw WriteCondition.unmet(key);
    }
    if (present.isPresent() && !write.replace()) {
      throw ApiException.conflict(
          "key_exists", "The key " + key + " exists; delete it first, or add ?replace=true");
    }
    String url =
        rules.isInBucket() ? placement.urlForNewObject(present) : placement.urlForNew(present);
    placement.requireNodes(rules.wantedOfNew(key, write.replicas()));
    return url;
  }

  /**
   * Where to read a key's value.
   *
   * @throws ApiException 404 {@code key_not_found}, 503 {@code node_offline}
   */
  String urlOf(Key key) {
    Location location = find(key);
    return urlAt(placement.urlOf(location), key, location);
  }

  /**
   * Whether a version counts of which its node can't know that nobody has replaced it meanwhile.
   *
   * @throws ApiException 404 {@code key_not_found}
   */
  KeyOperations.Standing standing(KeyOperations.StandingQuestion question) {
    Key key = new Key(question.key());
    Location location = find(key);
    if (location.isAt(question.node(), question.id())) {
      return new KeyOperations.Standing(true, null);
    }
    return new KeyOperations.Standing(
        false,
        placement
            .online(location, location.isInBucket() ? "" : question.node())
            .map(member -> urlAt(member.facts().url(), key, location))
            .orElse(null));
  }

  /** Names the version where other nodes may have another one. */
  static String urlAt(String node, Key key, Location location) {
    String url = node + "/get_key" + key.encoded();
    return location.sharing().isShared() && !location.isInBucket()
        ? url + "?" + WriteOptions.VERSION + "=" + Long.toHexString(location.version())
        : url;
  }

  /**
   * Where a key's value is.
   *
   * @throws ApiException 404 {@code key_not_found}
   */
  Location find(Key key) {
    return index.find(key).orElseThrow(() -> missing(key));
  }

  /**
   * Removes a key and its value.
   *
   * @return complete when the key is gone for good, and nobody can read its value where the node is
   *     online; or 404 {@code key_not_found}, 412 {@code precondition_failed}
   */
  CompletionStage<Boolean> delete(Key key, WriteCondition condition) {
    return index
        .remove(key, condition)
        .thenCompose(
            removed -> {
              Location gone = removed.orElseThrow(() -> missing(key));
              steps.reached(WriteSteps.Step.UNLISTED);
              CompletableFuture<?>[] hidden =
                  gone.holders().stream()
                      .map(copy -> hide(key, copy))
                      .toArray(CompletableFuture[]::new);
              return CompletableFuture.allOf(hidden).thenApply(done -> true);
            });
  }

  private CompletableFuture<Boolean> hide(Key key, Replica copy) {
    return garbage
        .hide(copy.node(), List.of(new ValueVersion(key.path(), copy.id())))
        .toCompletableFuture()
        .completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  static ApiException missing(Key key) {
    return ApiException.notFound("key_not_found", "There is no key " + key);
  }
}
