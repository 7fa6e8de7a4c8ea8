package io.pulzar.values;

import io.micronaut.context.annotation.Context;
import io.pulzar.roles.OnNode;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;

/** Keeps the node's values tidy for as long as it runs. */
@OnNode
@Context
final class ValueUpkeep {

  private static final Duration TIDYING = Duration.ofMillis(100);
  private static final Duration SETTLING = Duration.ofMillis(500);
  private static final Duration QUARANTINE = Duration.ofMinutes(30);

  private final Rounds tidying;
  private final Rounds settling;
  private final Rounds quarantine;
  private Set<Long> leftBehind;

  ValueUpkeep(
      ValueStore store,
      MasterIndex master,
      ReplicaService copies,
      OrphanFiles orphans,
      Quarantine quarantine,
      Loops loops) {
    this.leftBehind = leftBehind(orphans);
    Reconciliation settled = new Reconciliation(store, master, quarantine);
    this.tidying = Rounds.start(loops, "value-tidying", TIDYING, progress -> store.tidy());
    this.settling =
        Rounds.start(
            loops,
            "value-settling",
            SETTLING,
            progress -> {
              copies.doubt();
              settled.settle().toCompletableFuture().join();
              settleLeftBehind(orphans, progress);
            });
    this.quarantine =
        Rounds.start(loops, "quarantine", QUARANTINE, progress -> lookAgain(orphans, progress));
  }

  @PreDestroy
  void stop() {
    tidying.close();
    settling.close();
    quarantine.close();
  }

  /** Looked for before the node serves, so that nothing it sees is under way. */
  private static Set<Long> leftBehind(OrphanFiles orphans) {
    try {
      return orphans.find();
    } catch (IOException e) {
      throw new UncheckedIOException("the files of values can't be listed", e);
    }
  }

  private void settleLeftBehind(OrphanFiles orphans, Rounds.Progress progress) {
    try {
      int _ = orphans.settle(leftBehind, progress);
      leftBehind = Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("files without a record can't be set aside", e);
    }
  }

  private static void lookAgain(OrphanFiles orphans, Rounds.Progress progress) {
    try {
      orphans.lookAgain(progress);
    } catch (IOException e) {
      throw new UncheckedIOException("the quarantine can't be looked through", e);
    }
  }
}
