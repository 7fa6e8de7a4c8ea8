package io.pulzar.keys;

import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyOperations.FoundObject;
import io.pulzar.keys.KeyOperations.KeyQuestion;
import io.pulzar.keys.KeyOperations.Numbers;
import io.pulzar.keys.KeyOperations.NumbersQuestion;
import io.pulzar.keys.KeyOperations.ObjectRegistration;
import io.pulzar.keys.KeyOperations.Outcome;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers what nodes ask about values in the bucket. */
@OnMaster
@Singleton
final class ObjectLinkHandlers implements LinkHandlers {

  /** The code of a refusal after which nothing was changed. */
  static final String SET_DIFFERENTLY = "values_set_differently";

  private static final int MOST_NUMBERS = 10_000;

  private final KeyIndex index;
  private final ObjectIndex objects;
  private final Keys keys;
  private final GarbageRounds garbage;
  private final Placement placement;
  private final ReplicationRules rules;
  private final Optional<BucketClaim> claim;

  ObjectLinkHandlers(
      KeyIndex index,
      ObjectIndex objects,
      Keys keys,
      GarbageRounds garbage,
      Placement placement,
      ReplicationRules rules,
      Optional<BucketClaim> claim) {
    this.index = index;
    this.objects = objects;
    this.keys = keys;
    this.garbage = garbage;
    this.placement = placement;
    this.rules = rules;
    this.claim = claim;
  }

  @Override
  public void register(LinkServer server) {
    server.on(KeyOperations.NUMBERS, this::numbers);
    server.on(KeyOperations.RECORD_OBJECT, this::record);
    server.on(KeyOperations.FIND_OBJECT, this::find);
  }

  /** The refusal of what would go to another place than the master's settings say. */
  static ApiException elsewhere(String what) {
    return ApiException.unavailable(
        SET_DIFFERENTLY,
        "The value was not kept: " + what + "; give pulzar.values the same value everywhere",
        Duration.ofSeconds(10));
  }

  private String owner() {
    return claim
        .orElseThrow(() -> elsewhere("the node keeps values in a bucket, and the master on nodes"))
        .owner();
  }

  private CompletionStage<Numbers> numbers(NumbersQuestion question) {
    String owner = owner();
    if (!rules.isInBucket()) {
      throw elsewhere("the node keeps values in a bucket, which the master leaves");
    }
    int count = Math.clamp(question.count(), 1, MOST_NUMBERS);
    return objects.numbers(count).thenApply(first -> new Numbers(first, count, owner));
  }

  private CompletionStage<Recorded> record(ObjectRegistration question) {
    String _ = owner();
    Registration value = question.value();
    if (!value.location().isInBucket()) {
      throw ApiException.badRequest("bad_location", "only what is in the bucket is recorded here");
    }
    return index
        .recordObject(
            new Key(value.key()),
            value.location(),
            Base64.getDecoder().decode(question.blocks()),
            value.condition())
        .thenApply(result -> recorded(value, result));
  }

  private Recorded recorded(Registration value, RegistrationResult result) {
    return switch (result) {
      case RegistrationResult.Stored stored -> {
        stored.replaced().ifPresent(old -> hide(value.key(), old));
        yield new Recorded(Outcome.RECORDED, null, 0);
      }
      case RegistrationResult.Exists exists -> new Recorded(Outcome.EXISTS, null, 0);
      case RegistrationResult.Unmet unmet -> new Recorded(Outcome.UNMET, null, 0);
      case RegistrationResult.Withdrawn withdrawn -> new Recorded(Outcome.WITHDRAWN, null, 0);
    };
  }

  /** What gave way may be on nodes, from before. */
  private void hide(String key, Location old) {
    old.holders()
        .forEach(copy -> garbage.hide(copy.node(), List.of(new ValueVersion(key, copy.id()))));
  }

  private CompletionStage<FoundObject> find(KeyQuestion question) {
    String owner = owner();
    Key key = Key.of(question.key());
    ObjectIndex.Found found = objects.find(key).orElseThrow(() -> Keys.missing(key));
    Location location = found.location();
    Optional<NodeRegistry.Member> holder =
        location.isInBucket() ? Optional.empty() : placement.online(location, "");
    Replica copy =
        holder
            .flatMap(member -> location.at(member.facts().name()))
            .orElse(location.holders().getFirst());
    @Nullable String url =
        location.isInBucket()
            ? null
            : holder
                .map(member -> Keys.urlAt(member.facts().url(), key, location))
                .orElseGet(() -> keys.urlOf(key));
    return CompletableFuture.completedStage(
        new FoundObject(
            Registration.of(key, copy, location),
            Base64.getEncoder().encodeToString(found.blocks()),
            url,
            owner));
  }
}
