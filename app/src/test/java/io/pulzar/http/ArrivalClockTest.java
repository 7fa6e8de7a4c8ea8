package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalClockTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ArrivalClock clock =
      new ArrivalClock(Duration.ofSeconds(20), 100, Duration.ofSeconds(60), 0);

  @Test
  void whoConnectsAndSaysNothingIsWaitedForAsLongAsForARequest() {
    assertThat(clock.left(19 * SECOND)).isEqualTo(SECOND);
    assertThat(clock.left(20 * SECOND)).isZero();
    assertThat(clock.isArriving()).isFalse();
  }

  @Test
  void eachByteGivesALittleMoreTimeAndAByteNowAndThenTooLittle() {
    long now = 0;
    while (clock.left(now) > 0) {
      now += SECOND;
      clock.arrived(now, 1);
      clock.waits(now);
    }
    assertThat(now / SECOND).isEqualTo(21);
    assertThat(clock.isArriving()).isTrue();
  }

  @Test
  void whatComesFastEnoughMayTakeAnyTime() {
    long now = 0;
    for (int second = 0; second < 3600; second++) {
      now += SECOND;
      clock.arrived(now, 100);
      clock.waits(now);
      assertThat(clock.left(now)).isPositive();
    }
  }

  @Test
  void theTimeInWhichTheServerDoesNotReadDoesNotCount() {
    clock.arrived(SECOND, 100);
    assertThat(clock.left(1000 * SECOND)).isEqualTo(20 * SECOND);
    clock.waits(1000 * SECOND);
    assertThat(clock.left(1005 * SECOND)).isEqualTo(15 * SECOND);
  }

  @Test
  void anAnswerMayTakeAnyTimeAndTheNextRequestStartsAnew() {
    clock.arrived(SECOND, 100);
    clock.complete();
    assertThat(clock.left(1000 * SECOND)).isPositive();
    clock.answered(1000 * SECOND);
    assertThat(clock.left(1001 * SECOND)).isEqualTo(59 * SECOND);
    clock.waits(1001 * SECOND);
    clock.arrived(1050 * SECOND, 0);
    clock.waits(1050 * SECOND);
    assertThat(clock.left(1051 * SECOND)).isEqualTo(19 * SECOND);
  }

  @Test
  void anAnswerBeforeTheEndOfTheRequestLeavesItsTimeRunning() {
    clock.arrived(SECOND, 100);
    clock.waits(SECOND);
    clock.answered(2 * SECOND);
    assertThat(clock.left(21 * SECOND)).isZero();
  }
}
