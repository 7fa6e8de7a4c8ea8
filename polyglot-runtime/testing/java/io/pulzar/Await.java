package io.pulzar;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition that another thread or process brings about.
 *
 * <p>Time is what the machine had to give: where twice as many threads want to run as there are
 * processors, a second counts half. So a test is patient on a busy machine and ends soon on a quiet
 * one.
 */
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(2);

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what for the failure's message
   */
  public static void until(String what, BooleanSupplier condition) {
    until(what, PATIENCE, condition);
  }

  /** The same with another patience. */
  public static void until(String what, Duration patience, BooleanSupplier condition) {
    double left = patience.toNanos();
    long last = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (left < 0) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
      long now = System.nanoTime();
      left -= (now - last) / slowness();
      last = now;
    }
  }

  /** How many times longer than on a quiet machine something takes here and now; at least 1. */
  public static double slowness() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
  }
}
