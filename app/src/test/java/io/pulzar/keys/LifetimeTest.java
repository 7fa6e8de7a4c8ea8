package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LifetimeTest {

  @Test
  void withoutParametersAValueIsKept() {
    assertThat(Lifetime.parse(null, null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"90s,PT90S", "15m,PT15M", "12h,PT12H", "7d,P7D", "PT1M30S,PT90S", "P2D,P2D"})
  void ttlHasAShortAndALongForm(String text, String meaning) {
    assertThat(Lifetime.parse(null, text)).contains(Duration.parse(meaning));
  }

  @Test
  void temporalCountsDays() {
    assertThat(Lifetime.parse("30", null)).contains(Duration.ofDays(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "1.5", "", " 1", "1e3", "36501", "99999999999"})
  void temporalIsAWholeNumberOfAtLeastOne(String text) {
    assertBad(text, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0s", "PT0S", "-5s", "PT-1S", "5", "5w", "s", "", "1.5h", "P1M", "999999999999d"})
  void ttlIsPositiveAndHasAUnit(String text) {
    assertBad(null, text);
  }

  @Test
  void bothAtOnceContradictEachOther() {
    assertBad("1", "1d");
  }

  private static void assertBad(@Nullable String temporal, @Nullable String ttl) {
    assertThatThrownBy(() -> Lifetime.parse(temporal, ttl))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }
}
