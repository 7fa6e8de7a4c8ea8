package io.pulzar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.SettableClock;
import io.pulzar.TestTime;
import io.pulzar.upkeep.Loop.Condition;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoopTest {

  private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private final Loop loop = new Loop("a loop", Duration.ofSeconds(10), TestTime.of(clock), clock);

  @Test
  void aLoopThatComesRoundIsFineAndSaysWhenItDid() throws InterruptedException {
    clock.move(Duration.ofSeconds(3));
    assertThat(loop.round(() -> {})).isTrue();
    assertThat(loop.state().condition()).isEqualTo(Condition.FINE);
    assertThat(loop.state().last()).contains(START.plusSeconds(3));
  }

  @Test
  void anErrorEndsOneRoundAndNotTheLoop() throws InterruptedException {
    assertThat(
            loop.round(
                () -> {
                  throw new NoClassDefFoundError("io/pulzar/Missing");
                }))
        .isFalse();
    assertThat(loop.state().condition()).isEqualTo(Condition.FAILING);
    assertThat(loop.state().detail()).contains("Missing");
    assertThat(loop.round(() -> {})).isTrue();
    assertThat(loop.state().condition()).isEqualTo(Condition.FINE);
  }

  @Test
  void memoryThatRanOutMayBeThereAgainButNotForEver() throws InterruptedException {
    outOfMemory();
    outOfMemory();
    assertThat(loop.state().condition()).isEqualTo(Condition.FAILING);
    assertThat(loop.round(() -> {})).isTrue();
    outOfMemory();
    outOfMemory();
    assertThat(loop.state().condition()).isEqualTo(Condition.FAILING);
    outOfMemory();
    assertThat(loop.state().condition()).isEqualTo(Condition.LOST);
  }

  @Test
  void anErrorOfTheMachineItselfIsTheEnd() throws InterruptedException {
    assertThat(
            loop.round(
                () -> {
                  throw new InternalError("a fault occurred in an unsafe memory access");
                }))
        .isFalse();
    assertThat(loop.state().condition()).isEqualTo(Condition.LOST);
  }

  @Test
  void aLoopWithoutASignOfLifeIsLate() {
    clock.move(Duration.ofSeconds(8));
    loop.alive();
    clock.move(Duration.ofSeconds(8));
    assertThat(loop.state().condition()).isEqualTo(Condition.FINE);
    clock.move(Duration.ofSeconds(3));
    assertThat(loop.state().condition()).isEqualTo(Condition.LATE);
    loop.end();
    assertThat(loop.state().condition()).isEqualTo(Condition.FINE);
  }

  private void outOfMemory() throws InterruptedException {
    assertThat(
            loop.round(
                () -> {
                  throw new OutOfMemoryError("Java heap space");
                }))
        .isFalse();
  }
}
