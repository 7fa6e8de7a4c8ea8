package io.pulzar.polyglot.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;

/**
 * Tells when the heap fills up with what is kept from run to run, in time to let go of it: a full
 * heap ends the worker, and the run in it fails.
 */
final class HeapPressure {

  private static final double HIGH = 0.75;

  /** Those in which a collection can leave something for long. */
  private static final List<MemoryPoolMXBean> OLD_GENERATION =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
          .filter(MemoryPoolMXBean::isUsageThresholdSupported)
          .toList();

  private long lastCount;

  HeapPressure() {
    for (MemoryPoolMXBean pool : OLD_GENERATION) {
      pool.setCollectionUsageThreshold((long) (pool.getUsage().getMax() * HIGH));
    }
  }

  /**
   * Whether a collection since the last question left the heap fuller than it should be. Asked
   * between two runs: a heap that is full, perhaps of garbage, is collected now, as there may have
   * been no reason for it until the next run needs the room.
   */
  boolean rose() {
    Runtime runtime = Runtime.getRuntime();
    if (runtime.totalMemory() - runtime.freeMemory() > runtime.maxMemory() * HIGH) {
      System.gc();
    }
    long count = 0;
    for (MemoryPoolMXBean pool : OLD_GENERATION) {
      count += pool.getCollectionUsageThresholdCount();
    }
    boolean more = count > lastCount;
    lastCount = count;
    return more;
  }
}
