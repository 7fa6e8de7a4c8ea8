package io.pulzar.polyglot.worker;

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

  private final long before;
  private final long limit;
  private long nextCollection = System.nanoTime();

  /**
   * Called before the run begins, on any thread. Does not collect, which would take many times as
   * long as a short run: what is new by then may be garbage or may stay, and the run is given that
   * much more.
   */
  RunHeap(long limitBytes) {
    before = used();
    limit =
        Math.min(
            limitBytes + UNCERTAINTY_BYTES,
            Runtime.getRuntime().maxMemory() - RESERVE_BYTES - before);
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
}
