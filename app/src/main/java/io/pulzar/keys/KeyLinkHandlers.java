package io.pulzar.keys;

import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyOperations.Count;
import io.pulzar.keys.KeyOperations.FoundKey;
import io.pulzar.keys.KeyOperations.Holdings;
import io.pulzar.keys.KeyOperations.Identification;
import io.pulzar.keys.KeyOperations.KeyPage;
import io.pulzar.keys.KeyOperations.KeyQuestion;
import io.pulzar.keys.KeyOperations.ListedKey;
import io.pulzar.keys.KeyOperations.Outcome;
import io.pulzar.keys.KeyOperations.PageQuestion;
import io.pulzar.keys.KeyOperations.Placed;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.KeyOperations.SearchQuestion;
import io.pulzar.keys.KeyOperations.SearchResult;
import io.pulzar.keys.KeyOperations.Settlement;
import io.pulzar.keys.KeyOperations.Versions;
import io.pulzar.keys.WriteSteps.Step;
import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Answers what nodes ask the index. */
@OnMaster
@Singleton
final class KeyLinkHandlers implements LinkHandlers {

  private final KeyIndex index;
  private final ReplicationRules rules;
  private final Replication copies;
  private final GarbageRounds garbage;
  private final Keys keys;
  private final KeyListing listing;
  private final Placement placement;
  private final WriteSteps steps;

  @Inject
  KeyLinkHandlers(
      KeyIndex index,
      ReplicationRules rules,
      Replication copies,
      GarbageRounds garbage,
      Keys keys,
      KeyListing listing,
      Placement placement) {
    this(index, rules, copies, garbage, keys, listing, placement, WriteSteps.NONE);
  }

  KeyLinkHandlers(
      KeyIndex index,
      ReplicationRules rules,
      Replication copies,
      GarbageRounds garbage,
      Keys keys,
      KeyListing listing,
      Placement placement,
      WriteSteps steps) {
    this.rules = rules;
    this.copies = copies;
    this.steps = steps;
    this.index = index;
    this.garbage = garbage;
    this.keys = keys;
    this.listing = listing;
    this.placement = placement;
  }

  @Override
  public void register(LinkServer server) {
    server.on(KeyOperations.RECORD, this::record);
    server.on(KeyOperations.SETTLE, this::settle);
    server.on(KeyOperations.ADOPT, this::adopt);
    server.on(KeyOperations.IDENTIFY, this::identify);
    server.on(KeyOperations.LOCATE, this::locate);
    server.on(
        KeyOperations.STANDING,
        question -> CompletableFuture.completedStage(keys.standing(question)));
    server.on(KeyOperations.DELETE, this::delete);
    server.on(KeyOperations.PAGE, this::page);
    server.on(KeyOperations.SEARCH, this::search);
  }

  private CompletionStage<Recorded> record(Registration value) {
    steps.reached(Step.ASKED);
    if (rules.isInBucket()) {
      throw ObjectLinkHandlers.elsewhere(
          "the node " + value.node() + " keeps values on its disk, and the master in a bucket");
    }
    Key key = new Key(value.key());
    int wanted = rules.wanted(key, value.asked());
    CompletionStage<RegistrationResult> recording =
        wanted == 1
            ? index.record(key, value.location(), value.condition())
            : copies.record(value, wanted);
    return recording.thenApply(outcome -> recorded(value, outcome));
  }

  private Recorded recorded(Registration value, RegistrationResult recording) {
    steps.reached(Step.RECORDED);
    return switch (recording) {
      case RegistrationResult.Stored stored when stored.replaced().isPresent() -> {
        Location old = stored.replaced().get();
        hideElsewhere(value, old, stored.next());
        Optional<Replica> own = old.at(value.node());
        yield new Recorded(
            Outcome.RECORDED, own.map(Replica::node).orElse(null), own.map(Replica::id).orElse(0L));
      }
      case RegistrationResult.Stored stored -> new Recorded(Outcome.RECORDED, null, 0);
      case RegistrationResult.Exists exists -> new Recorded(Outcome.EXISTS, null, 0);
      case RegistrationResult.Unmet unmet -> new Recorded(Outcome.UNMET, null, 0);
      case RegistrationResult.Withdrawn withdrawn -> new Recorded(Outcome.WITHDRAWN, null, 0);
    };
  }

  /** A node with the new version too drops the old one itself, when it shows the new one. */
  private void hideElsewhere(Registration value, Location old, Location next) {
    old.holders().stream()
        .filter(copy -> next.at(copy.node()).isEmpty())
        .forEach(
            copy -> garbage.hide(copy.node(), List.of(new ValueVersion(value.key(), copy.id()))));
  }

  private CompletionStage<Holdings> identify(Identification question) {
    return CompletableFuture.supplyAsync(
        () -> new KeysOnNode(index).identify(question), task -> Thread.ofVirtual().start(task));
  }

  private CompletionStage<Versions> settle(Settlement settlement) {
    return index
        .settle(settlement.node(), settlement.versions(), settlement.adopt())
        .thenApply(Versions::new);
  }

  private CompletionStage<Count> adopt(Holdings holdings) {
    return index
        .adopt(
            holdings.values().stream()
                .map(value -> new Row(new Key(value.key()), value.location()))
                .toList())
        .thenApply(Count::new);
  }

  private CompletionStage<Placed> locate(KeyQuestion question) {
    Key key = Key.of(question.key());
    Location location = keys.find(key);
    return CompletableFuture.completedStage(
        new Placed(
            key.path(),
            location.node(),
            keys.urlOf(key),
            location.size(),
            location.written().toEpochMilli()));
  }

  private CompletionStage<Count> delete(KeyQuestion question) {
    return keys.delete(Key.of(question.key()), WriteCondition.NONE)
        .thenApply(gone -> new Count(1))
        .exceptionallyCompose(KeyLinkHandlers::unlessMissing);
  }

  private static CompletionStage<Count> unlessMissing(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ApiException refusal && refusal.status() == 404
        ? CompletableFuture.completedStage(new Count(0))
        : CompletableFuture.failedStage(failure);
  }

  private CompletionStage<KeyPage> page(PageQuestion question) {
    String after = question.after() == null ? "" : question.after();
    String prefix = question.prefix() == null ? "" : question.prefix();
    KeyListing.Page page =
        listing.page(KeyFilter.beginningWith(prefix), after, Math.max(1, question.limit()));
    return CompletableFuture.completedStage(
        new KeyPage(page.rows().stream().map(this::listed).toList(), page.next().orElse(null)));
  }

  private ListedKey listed(Row row) {
    return new ListedKey(
        row.key().path(),
        placement.addressOf(row.location()),
        row.location().written().toEpochMilli());
  }

  private CompletionStage<SearchResult> search(SearchQuestion question) {
    List<Row> rows =
        listing.search(
            question.text(), question.eq(), question.lt(), question.gt(), question.limit());
    return CompletableFuture.completedStage(
        new SearchResult(
            rows.stream()
                .map(
                    row ->
                        new FoundKey(
                            row.key().path(),
                            placement.rootOf(row.location()) + "/get_key" + row.key().encoded()))
                .toList()));
  }
}
