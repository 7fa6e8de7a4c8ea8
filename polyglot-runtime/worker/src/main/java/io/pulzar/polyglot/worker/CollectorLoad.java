package io.pulzar.polyglot.worker;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Tells when the collector takes all the time there is: then the heap is full of what nobody can
 * let go of, and the process would go on for ever without getting anywhere, its limits included.
 */
final class CollectorLoad {

  /** How often it wants to be told of the time. */
  static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration FOR = Duration.ofSeconds(10);
  private static final double TOO_MUCH = 0.9;

  private long lastMillis;
  private long lastCollecting;
  private long busySince;

  CollectorLoad(long nowMillis, long collectingMillis) {
    lastMillis = nowMillis;
    lastCollecting = collectingMillis;
    busySince = nowMillis;
  }

  /** Milliseconds that collections took since the process began. */
  static long collecting() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /**
   * Whether little else was done for some time.
   *
   * @param nowMillis the time of a clock that only goes on
   * @param collectingMillis what {@link #collecting} said then
   */
  boolean isTooHigh(long nowMillis, long collectingMillis) {
    long passed = nowMillis - lastMillis;
    if (collectingMillis - lastCollecting < TOO_MUCH * passed) {
      busySince = nowMillis;
    }
    lastMillis = nowMillis;
    lastCollecting = collectingMillis;
    return nowMillis - busySince >= FOR.toMillis();
  }
}
