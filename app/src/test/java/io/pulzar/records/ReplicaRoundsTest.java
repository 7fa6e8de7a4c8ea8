package io.pulzar.records;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestTime;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.upkeep.Loop;
import io.pulzar.upkeep.Loops;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaRoundsTest {

  private static final Duration NEVER = Duration.ofDays(100_000);

  @TempDir private Path directory;

  @Test
  void anErrorEndsOneRoundAndTheNextFollowsTheMaster() {
    Queue<Loop.Condition> seen = new ConcurrentLinkedQueue<>();
    Loops loops = TestTime.loops();
    MasterLink master =
        new MasterLink() {
          private int asked;

          @Override
          @SuppressWarnings("unchecked") // nothing else is asked
          public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
            asked++;
            if (asked == 1) {
              throw new NoClassDefFoundError("on purpose");
            }
            seen.add(requireNonNull(loops.states().get("records-replica")).condition());
            return asked == 2
                ? CompletableFuture.completedStage(
                    (A) new ChangeBatch(List.of(), 0, 0, "life", false, false))
                : new CompletableFuture<>();
          }
        };
    try (Database database = StorageEngine.local().open(directory, RecordTables.ALL);
        RecordSignals signals = new RecordSignals();
        ReplicaRounds rounds =
            new ReplicaRounds(
                new Replica(database, signals),
                master,
                "node",
                Clock.systemUTC(),
                NEVER,
                loops.add("records-replica"))) {
      rounds.start();
      Await.until("the replica is level", rounds::isLevel);
      Await.until("the master is asked again", () -> seen.size() == 2);
    }
    assertThat(seen).containsExactly(Loop.Condition.FAILING, Loop.Condition.FINE);
  }
}
