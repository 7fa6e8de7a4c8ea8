package io.pulzar.polyglot.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/**
 * What a run holds of the heap, which it shares with the contexts that the worker keeps.
 *
 * <p>What is used includes garbage, and only a collection tells how much. So as long as a run
 * cannot hold more than its limit even if nothing were garbage, nothing is done; else the heap is
 * collected and looked at. Collections that this class asks for take a tenth of the time at most.
 */
final class RunHeap {

  /** Left for what ends a run that takes too much. */
  private static final long RESERVE_BYTES = 24L << 20;

  /**
   * What the worker may do for a run, and not measure: new objects of its own, code it warms up.
   */
  private static final long UNCERTAINTY_BYTES = 16L << 20;

  private static final int TIMES_AS_LONG_BETWEEN = 9;

  private static final List<MemoryPoolMXBean> NEW_OBJECTS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .filter(pool -> pool.getName().contains("Eden"))
          .toList();

  private final long before;
  private final long limit;
  private long nextCollection = System.nanoTime();

  /** Called before the run begins, on any thread. */
  RunHeap(long limitBytes) {
    Runtime runtime = Runtime.getRuntime();
    if (limitBytes < runtime.maxMemory() / 2 && newObjects() > UNCERTAINTY_BYTES) {
      System.gc();
    }
    before = used() - newObjects();
    limit = Math.min(limitBytes + UNCERTAINTY_BYTES, runtime.maxMemory() - RESERVE_BYTES - before);
  }

  /** Whether the run holds more than it may. */
  boolean isExceeded() {
    if (used() - before <= limit || System.nanoTime() - nextCollection < 0) {
      return false;
    }
    long start = System.nanoTime();
    System.gc();
    long end = System.nanoTime();
    nextCollection = end + TIMES_AS_LONG_BETWEEN * (end - start);
    return used() - before > limit;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long newObjects() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : NEW_OBJECTS) {
      bytes += pool.getUsage().getUsed();
    }
    return bytes;
  }
}
