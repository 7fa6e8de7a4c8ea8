package io.pulzar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestTime;
import io.pulzar.upkeep.Loop.Condition;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final Loops loops = TestTime.loops();

  @Test
  void anErrorInOneRoundLetsTheNextCome() {
    AtomicInteger rounds = new AtomicInteger();
    try (Rounds _ =
        Rounds.start(
            loops,
            "work",
            Duration.ofMillis(1),
            progress -> {
              if (rounds.incrementAndGet() == 1) {
                throw new StackOverflowError("too deep");
              }
            })) {
      Await.until("the rounds go on", () -> rounds.get() > 2);
      assertThat(loops.states())
          .hasEntrySatisfying(
              "work", state -> assertThat(state.condition()).isEqualTo(Condition.FINE));
    }
  }

  @Test
  void aStopEndsARoundBetweenItsSteps() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Rounds rounds =
        Rounds.start(
            loops,
            "work",
            Duration.ZERO,
            progress -> {
              begun.countDown();
              while (progress.goesOn()) {
                Thread.onSpinWait();
              }
              ended.set(true);
            });
    begun.await();
    rounds.close();
    assertThat(ended).isTrue();
    assertThat(loops.states())
        .hasEntrySatisfying(
            "work", state -> assertThat(state.condition()).isEqualTo(Condition.FINE));
  }

  @Test
  void aStopDoesNotWaitForWhatNeverEnds() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Rounds rounds =
        Rounds.start(
            loops,
            "work",
            Duration.ZERO,
            progress -> {
              begun.countDown();
              boolean waiting = true;
              while (waiting) {
                try {
                  never.await();
                  waiting = false;
                } catch (InterruptedException deaf) {
                  waiting = true;
                }
              }
            });
    begun.await();
    rounds.close();
    assertThat(never.getCount()).isOne();
    never.countDown();
  }
}
