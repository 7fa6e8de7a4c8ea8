package io.pulzar.access;

import io.pulzar.oidc.SignInAttempt;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Browsers that are at the provider. Each is known by its state and a cookie, so that nobody can
 * have another's browser finish a sign-in of theirs; and finishes once, soon. They are bounded: the
 * oldest goes first.
 */
final class ProviderAttempts {

  static final Duration VALID = Duration.ofMinutes(10);

  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<String, Waiting> waiting =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Waiting(SignInAttempt attempt, String cookieHash, String place, Instant end) {}

  ProviderAttempts(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param cookie what the browser must show again
   */
  record Begun(SignInAttempt attempt, String cookie) {}

  /**
   * @param place of the page, where the browser goes on
   */
  record Returned(SignInAttempt attempt, String place) {}

  synchronized Begun begin(URI callback, String place) {
    String cookie = SecretText.random();
    SignInAttempt attempt =
        new SignInAttempt(SecretText.random(), SecretText.random(), SecretText.random(), callback);
    waiting.put(
        SecretText.hash(attempt.state()),
        new Waiting(attempt, SecretText.hash(cookie), place, clock.instant().plus(VALID)));
    return new Begun(attempt, cookie);
  }

  /** Whose state it is, when the cookie fits it; asked once. */
  synchronized Optional<Returned> finish(String state, String cookie) {
    String key = SecretText.hash(state);
    return Optional.ofNullable(waiting.get(key))
        .filter(known -> SecretText.equal(known.cookieHash(), SecretText.hash(cookie)))
        .filter(known -> waiting.remove(key, known))
        .filter(known -> clock.instant().isBefore(known.end()))
        .map(known -> new Returned(known.attempt(), known.place()));
  }
}
