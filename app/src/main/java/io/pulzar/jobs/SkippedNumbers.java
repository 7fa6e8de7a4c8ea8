package io.pulzar.jobs;

import java.time.Duration;

/**
 * Numbers that may have been given in a time of which nothing is known any more, because the
 * storage was put back to a state from before it.
 */
public final class SkippedNumbers {

  /** More than a master can give. */
  private static final long MOST_PER_SECOND = 10_000;

  private SkippedNumbers() {}

  /** A number that is above all that may have been given since {@code last}, within that time. */
  public static long after(long last, Duration gone) {
    return last + (gone.toSeconds() + 1) * MOST_PER_SECOND;
  }
}
