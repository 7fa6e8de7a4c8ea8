package io.pulzar.values;

import io.micronaut.context.annotation.Context;
import io.pulzar.roles.OnNode;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the node's values tidy for as long as it runs. */
@OnNode
@Context
final class ValueUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(ValueUpkeep.class);
  private static final Duration TIDYING = Duration.ofMillis(100);
  private static final Duration SETTLING = Duration.ofMillis(500);

  private final Rounds tidying;
  private final Rounds settling;

  ValueUpkeep(ValueStore store, MasterIndex master, ReplicaService copies, Loops loops) {
    sweep(store);
    Reconciliation settled = new Reconciliation(store, master);
    this.tidying = Rounds.start(loops, "value-tidying", TIDYING, progress -> store.tidy());
    this.settling =
        Rounds.start(
            loops,
            "value-settling",
            SETTLING,
            progress -> {
              copies.doubt();
              settled.settle().toCompletableFuture().join();
            });
  }

  @PreDestroy
  void stop() {
    tidying.close();
    settling.close();
  }

  /** Before the node serves, so that nothing it sees is under way. */
  private static void sweep(ValueStore store) {
    try {
      OrphanFiles.remove(store, store.firstId());
    } catch (IOException e) {
      LOG.warn("files that no value refers to stay until the next start: {}", e.getMessage());
    }
  }
}
