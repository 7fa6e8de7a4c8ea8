package io.pulzar.records;

import io.pulzar.http.ApiException;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import io.pulzar.records.RecordOperations.CacheQuestion;
import io.pulzar.records.RecordOperations.KeyQuestion;
import io.pulzar.records.RecordOperations.Page;
import io.pulzar.records.RecordOperations.PageQuestion;
import io.pulzar.records.RecordOperations.Remembered;
import io.pulzar.records.RecordOperations.WriteOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Records at a node: reads from its replica once that was level with the master, and the master for
 * everything else.
 */
final class NodeRecords implements Records {

  private final Replica replica;
  private final ReplicaRounds rounds;
  private final RecordSignals signals;
  private final MasterLink master;
  private final Clock clock;
  private final Duration wait;

  NodeRecords(
      Replica replica,
      ReplicaRounds rounds,
      RecordSignals signals,
      MasterLink master,
      Clock clock,
      Duration wait) {
    this.replica = replica;
    this.rounds = rounds;
    this.signals = signals;
    this.master = master;
    this.clock = clock;
    this.wait = wait;
  }

  @Override
  public CompletionStage<Optional<Row>> find(RecordKey key, long atLeast) {
    if (atLeast > replica.level()) {
      return signals
          .beyond(atLeast - 1, wait)
          .thenApply(
              reached -> {
                if (reached < atLeast) {
                  throw Refusals.behind(atLeast, reached);
                }
                return here(key);
              });
    }
    if (!rounds.isLevel()) {
      return ask(RecordOperations.FIND, new KeyQuestion(key.kind(), key.name()), Refusals::starting)
          .thenApply(found -> Optional.ofNullable(found.row()));
    }
    Optional<Row> here = here(key);
    if (here.isPresent() || key.kind() != Kind.TEXT || !rounds.hasServers()) {
      return CompletableFuture.completedStage(here);
    }
    return ask(RecordOperations.FIND, new KeyQuestion(key.kind(), key.name()), Refusals::noMaster)
        .thenApply(found -> Optional.ofNullable(found.row()));
  }

  @Override
  public CompletionStage<Optional<Row>> findHere(RecordKey key) {
    return CompletableFuture.completedStage(here(key));
  }

  private Optional<Row> here(RecordKey key) {
    return RecordStore.find(replica.database(), key, clock.instant());
  }

  @Override
  public CompletionStage<WriteAnswer> write(WriteOrder order) {
    return ask(RecordOperations.WRITE, order, Refusals::noMaster);
  }

  @Override
  public CompletionStage<Remembered> findCached(CacheQuestion question) {
    return ask(RecordOperations.FIND_CACHED, question, Refusals::noMaster);
  }

  @Override
  public CompletionStage<WriteAnswer> writeThrough(WriteOrder order) {
    return ask(RecordOperations.WRITE_THROUGH, order, Refusals::noMaster);
  }

  @Override
  public CompletionStage<Page> page(PageQuestion question) {
    return rounds.isLevel()
        ? CompletableFuture.completedStage(
            replica.read(state -> RecordPages.page(state, question, clock.instant())))
        : ask(RecordOperations.PAGE, question, Refusals::starting);
  }

  @Override
  public CompletionStage<List<StoredRecord>> losers(RecordKey key) {
    return ask(RecordOperations.LOSERS, new KeyQuestion(key.kind(), key.name()), Refusals::noMaster)
        .thenApply(RecordOperations.Versions::versions);
  }

  @Override
  public ChangeBatch changes(long after) {
    return RecordStore.changes(replica.database(), after, ChangeLimits.ROWS, "");
  }

  @Override
  public CompletionStage<Long> beyond(long after, Duration patience) {
    return signals.beyond(after, patience);
  }

  @Override
  public boolean remembers(long revision) {
    return replica.read(state -> revision >= Rows.floor(state) && revision <= Rows.revision(state));
  }

  @Override
  public Lag lag() {
    return rounds.lag();
  }

  private <Q, A> CompletionStage<A> ask(
      Operation<Q, A> operation, Q question, Supplier<ApiException> away) {
    return master
        .ask(operation, question)
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              return CompletableFuture.failedStage(
                  cause instanceof LinkDownException ? away.get() : cause);
            });
  }
}
