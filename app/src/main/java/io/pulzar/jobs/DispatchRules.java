package io.pulzar.jobs;

import java.time.Duration;

/**
 * How attempts are handed out and repeated.
 *
 * @param leaseTime a lease that is not renewed for so long is lost
 * @param mostLosses lost attempts after which a job fails; before, it is started elsewhere
 * @param retryDelay before the first retry of a failed attempt; doubles with each further one
 * @param longestRetryDelay where the doubling stops
 */
record DispatchRules(
    Duration leaseTime, int mostLosses, Duration retryDelay, Duration longestRetryDelay) {

  DispatchRules {
    if (leaseTime.toMillis() < 100 || mostLosses < 0 || retryDelay.isNegative()) {
      throw new IllegalArgumentException(
          "leases take 100 ms or more, and retries are not negative");
    }
  }

  /** A node asks this often, so that two lost questions do not cost its leases. */
  Duration renewWithin() {
    return leaseTime.dividedBy(3);
  }

  /** The pause before the next attempt, after {@code failures} that were retried before. */
  Duration delayAfter(int failures) {
    Duration delay = retryDelay.multipliedBy(1L << Math.min(failures, 20));
    return delay.compareTo(longestRetryDelay) < 0 ? delay : longestRetryDelay;
  }
}
