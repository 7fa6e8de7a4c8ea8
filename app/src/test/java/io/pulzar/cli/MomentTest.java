package io.pulzar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "1h, 2026-11-28T11:00:00Z",
    "2d, 2026-11-26T12:00:00Z",
    "PT90M, 2026-11-28T10:30:00Z",
    "2026-11-21, 2026-11-20T23:00:00Z",
    "2026-11-21T08:00, 2026-11-21T07:00:00Z",
    "2026-11-21 08:00:30, 2026-11-21T07:00:30Z",
    "2026-11-21T08:00Z, 2026-11-21T08:00:00Z",
    "2026-11-21 08:00:00+00:00, 2026-11-21T08:00:00Z",
    "2026-11-21T08:00:00-03:00, 2026-11-21T11:00:00Z"
  })
  void timesAreSoLongAgoOrADayOrAMomentHereOrElsewhere(String typed, String meant) {
    assertThat(Moment.parse(typed, CLOCK)).isEqualTo(Instant.parse(meant));
  }

  @Test
  void whatIsNoTimeIsNamedWithTheForms() {
    for (String typed : new String[] {"yesterday", "2026-13-41", "5", ""}) {
      assertThatThrownBy(() -> Moment.parse(typed, CLOCK))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("'" + typed + "'")
          .hasMessageContaining("2026-11-21");
    }
  }
}
