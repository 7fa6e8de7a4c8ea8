package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;

/**
 * Asks for room on the heap before something large is allocated.
 *
 * <p>A worker ends when its heap is full, because other scripts' contexts share it. An image that
 * can not fit is therefore refused beforehand, as a MemoryError that the script can catch.
 */
public final class HeapRoom {

  /** Left for Python itself. */
  private static final long RESERVE_BYTES = 24L << 20;

  private HeapRoom() {}

  /** Returns when {@code bytes} can be allocated. */
  public static void require(long bytes) throws HostCallException {
    if (bytes < 1 << 20 || free() - RESERVE_BYTES >= bytes) {
      return;
    }
    // What looks full may be forgotten images; only a collection can tell.
    System.gc();
    long free = free();
    if (free - RESERVE_BYTES < bytes) {
      throw new HostCallException(
          "MemoryError",
          "%d MB are needed and the worker has %d MB left: work on less at a time or raise Memory: in the script's docstring"
              .formatted(megabytes(bytes), megabytes(Math.max(0, free - RESERVE_BYTES))));
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  private static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20);
  }
}
