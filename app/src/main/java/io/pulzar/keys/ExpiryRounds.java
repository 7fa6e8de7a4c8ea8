package io.pulzar.keys;

import io.micronaut.context.annotation.Context;
import io.pulzar.roles.OnMaster;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.time.Duration;

/**
 * Removes keys at their time. Nobody sees an expired key also before that, so a round a second is
 * soon enough; it costs one look at the first expiry when none is due.
 */
@OnMaster
@Context
final class ExpiryRounds {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 500;

  private final KeyIndex index;
  private final Rounds rounds;

  ExpiryRounds(KeyIndex index, Loops loops) {
    this.index = index;
    this.rounds = Rounds.start(loops, "key-expiry", PAUSE, this::round);
  }

  @PreDestroy
  void stop() {
    rounds.close();
  }

  private void round(Rounds.Progress progress) {
    while (progress.goesOn() && index.hasDue()) {
      index.expire(MOST_AT_ONCE).toCompletableFuture().join();
    }
  }
}
