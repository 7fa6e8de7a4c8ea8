package io.pulzar.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Codes of sign-in links: each lets one browser in, once, soon. They do not outlive the server. */
final class OneTimeCodes {

  private static final Duration VALID = Duration.ofMinutes(15);

  private final Clock clock;
  private final Map<String, Instant> endings = new HashMap<>();

  OneTimeCodes(Clock clock) {
    this.clock = clock;
  }

  synchronized String issue() {
    String code = SecretText.random();
    endings.values().removeIf(end -> !clock.instant().isBefore(end));
    endings.put(SecretText.hash(code), clock.instant().plus(VALID));
    return code;
  }

  /** Whether it lets somebody in; asked once. */
  synchronized boolean use(String code) {
    Instant end = endings.remove(SecretText.hash(code));
    return end != null && clock.instant().isBefore(end);
  }
}
