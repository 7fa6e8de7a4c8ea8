package io.pulzar.records;

import static io.pulzar.records.RecordOperations.POLL;

import io.pulzar.http.ApiException;
import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.records.RecordOperations.FollowQuestion;
import io.pulzar.records.RecordOperations.Found;
import io.pulzar.records.RecordOperations.HashQuestion;
import io.pulzar.records.RecordOperations.Hashes;
import io.pulzar.records.RecordOperations.RangeQuestion;
import io.pulzar.records.RecordOperations.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers what nodes ask the master about records. */
final class RecordOffer implements LinkHandlers {

  private static final Duration WHEN_STOPPED = Duration.ofSeconds(1);

  private final MasterRecords records;
  private final RecordStore store;
  private final RecordSignals signals;
  private final Followers followers;

  RecordOffer(
      MasterRecords records, RecordStore store, RecordSignals signals, Followers followers) {
    this.records = records;
    this.store = store;
    this.signals = signals;
    this.followers = followers;
  }

  @Override
  public void register(LinkServer server) {
    server.on(RecordOperations.WRITE, records::write);
    server.on(
        RecordOperations.FIND,
        question -> records.find(question.key(), 0).thenApply(row -> new Found(row.orElse(null))));
    server.on(RecordOperations.FIND_CACHED, records::findCached);
    server.on(RecordOperations.WRITE_THROUGH, records::writeThrough);
    server.on(RecordOperations.PAGE, records::page);
    server.on(
        RecordOperations.LOSERS,
        question -> records.losers(question.key()).thenApply(Versions::new));
    server.on(RecordOperations.FOLLOW, this::follow);
    server.on(RecordOperations.HASHES, this::hashes);
    server.on(RecordOperations.RANGES, this::ranges);
  }

  private CompletionStage<ChangeBatch> follow(FollowQuestion question) {
    followers.heard(question.node(), question.after());
    if (!store.continues(question.life(), question.after())) {
      return CompletableFuture.completedStage(
          new ChangeBatch(
              List.of(), store.revision(), 0, store.life(), records.hasServers(), true));
    }
    return signals
        .beyond(question.after(), POLL)
        .thenApply(
            reached -> {
              if (signals.isClosed()) {
                throw ApiException.unavailable(
                    "stopping", "the master is stopping; ask again", WHEN_STOPPED);
              }
              followers.heard(question.node(), question.after());
              return store.changes(question.after()).asking(records.hasServers());
            });
  }

  private CompletionStage<Hashes> hashes(HashQuestion question) {
    return CompletableFuture.completedStage(
        store.read(
            state -> {
              long revision = Rows.revision(state);
              boolean same =
                  revision == question.revision() && Rows.floor(state) == question.floor();
              return same ? new Hashes(revision, Replica.hashes(state)) : new Hashes(-1, Map.of());
            }));
  }

  private CompletionStage<ChangeBatch> ranges(RangeQuestion question) {
    return CompletableFuture.completedStage(
        store.read(
            state ->
                new ChangeBatch(
                    Replica.rowsIn(state, Set.copyOf(question.ranges())),
                    Rows.revision(state),
                    Rows.floor(state),
                    store.life(),
                    false,
                    false)));
  }
}
