package io.pulzar.access;

import io.pulzar.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: a name, or an address, with too many wrong passwords waits before each
 * further one. What is remembered is bounded; the oldest goes first, so that a flood of names does
 * not fill the memory, and its address is stopped before the names are forgotten.
 */
final class SignInThrottle {

  private static final int REMEMBERED = 10_000;

  private final int attempts;
  private final Duration pause;
  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Failures(int count, Instant last) {}

  SignInThrottle(int attempts, Duration pause, Clock clock) {
    this.attempts = attempts;
    this.pause = pause;
    this.clock = clock;
  }

  /**
   * Counts an attempt before it is checked, so that many at once count too.
   *
   * @throws ApiException 429 {@code too_many_attempts}
   */
  synchronized void attempt(String user, String address) {
    Instant now = clock.instant();
    for (String key : new String[] {"user " + user, "address " + address}) {
      Failures before = failures.getOrDefault(key, new Failures(0, Instant.EPOCH));
      Duration wait = Duration.between(now, before.last().plus(pause));
      if (before.count() >= attempts && wait.isPositive()) {
        throw ApiException.tooMany(
            "too_many_attempts",
            "too many wrong passwords: wait " + Math.max(1, wait.toSeconds()) + " s",
            wait);
      }
    }
    count("user " + user, now);
    count("address " + address, now);
  }

  private void count(String key, Instant now) {
    Failures before = failures.getOrDefault(key, new Failures(0, Instant.EPOCH));
    boolean over = Duration.between(before.last(), now).compareTo(pause.multipliedBy(15)) > 0;
    failures.put(key, new Failures(over ? 1 : before.count() + 1, now));
  }

  /** The password was right. */
  synchronized void succeeded(String user, String address) {
    failures.remove("user " + user);
    failures.remove("address " + address);
  }
}
