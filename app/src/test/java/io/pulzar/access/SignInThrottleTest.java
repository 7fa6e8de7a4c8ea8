package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.SettableClock;
import io.pulzar.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SignInThrottleTest {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));
  private final SignInThrottle throttle = new SignInThrottle(3, PAUSE, clock);

  @Test
  void aNameWaitsAfterItsAttemptsFromWhereverTheyCome() {
    for (int at = 1; at <= 3; at++) {
      throttle.attempt("jane", "10.0.0." + at);
    }
    assertThatThrownBy(() -> throttle.attempt("jane", "10.0.0.9"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("wait 60 s");
    clock.move(PAUSE);
    assertThatCode(() -> throttle.attempt("jane", "10.0.0.9")).doesNotThrowAnyException();
  }

  @Test
  void anAddressWaitsWhateverNamesItTries() {
    for (int at = 1; at <= 3; at++) {
      throttle.attempt("user" + at, "10.0.0.1");
    }
    assertThatThrownBy(() -> throttle.attempt("another", "10.0.0.1"))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void whoKnowsThePasswordBeginsAgain() {
    throttle.attempt("jane", "10.0.0.1");
    throttle.attempt("jane", "10.0.0.1");
    throttle.succeeded("jane", "10.0.0.1");
    for (int at = 1; at <= 3; at++) {
      throttle.attempt("jane", "10.0.0.1");
    }
  }
}
