package io.pulzar.polyglot.pool;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process brings about. */
final class Await {

  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private Await() {}

  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited for " + AT_MOST + " in vain until " + what);
      }
      Thread.sleep(5);
    }
  }
}
