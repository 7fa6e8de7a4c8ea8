package io.pulzar.polyglot;

import java.time.Duration;

/**
 * What one call may use.
 *
 * @param timeout wall-clock time from the script's start
 * @param memoryBytes the heap of the worker that runs it
 * @param outputBytes log and output together, as UTF-8
 * @param network whether sockets are there at all
 */
public record Limits(Duration timeout, long memoryBytes, long outputBytes, boolean network) {

  public Limits {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, got " + timeout);
    }
    if (memoryBytes < 1 || outputBytes < 1) {
      throw new IllegalArgumentException("memory and output limits must be positive");
    }
  }
}
