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
  private final KeySettings settings;
  private final WriteSteps steps;

  @Inject
  Keys(KeyIndex index, Placement placement, GarbageRounds garbage, Settings settings) {
    this(index, placement, garbage, KeySettings.of(settings), WriteSteps.NONE);
  }

  Keys(
      KeyIndex index,
      Placement placement,
      GarbageRounds garbage,
      KeySettings settings,
      WriteSteps steps) {
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
   * @throws ApiException 409 {@code key_exists}, 413 {@code value_too_large}, 503 {@code no_node}
   */
  String nodeForNew(Key key, boolean replace, long size) {
    if (size > settings.maxSize()) {
      throw ApiException.tooLarge(
          "value_too_large",
          "The value has %d bytes and may have %d; send less, or raise pulzar.general.maxsize"
              .formatted(size, settings.maxSize()));
    }
    Optional<Location> present = index.find(key);
    if (present.isPresent() && !replace) {
      throw ApiException.conflict(
          "key_exists", "The key " + key + " exists; delete it first, or add ?replace=true");
    }
    return placement.urlForNew(present);
  }

  /**
   * The URL of the node that has a key's value.
   *
   * @throws ApiException 404 {@code key_not_found}, 503 {@code node_offline}
   */
  String nodeOf(Key key) {
    return placement.urlOf(find(key));
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
   *     online; or 404 {@code key_not_found}
   */
  CompletionStage<Boolean> delete(Key key) {
    return index
        .remove(key)
        .thenCompose(
            removed -> {
              Location gone = removed.orElseThrow(() -> missing(key));
              steps.reached(WriteSteps.Step.UNLISTED);
              CompletableFuture<Boolean> hidden =
                  garbage
                      .hide(gone.node(), List.of(new Version(key.path(), gone.id())))
                      .toCompletableFuture();
              return hidden.completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            });
  }

  private static ApiException missing(Key key) {
    return ApiException.notFound("key_not_found", "There is no key " + key);
  }
}
