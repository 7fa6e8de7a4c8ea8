package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a process that does nothing but collect is given up. */
final class CollectorLoadTest {

  private final CollectorLoad load = new CollectorLoad(1_000, 50);

  @Test
  void tenSecondsOfNothingButCollectionsAreTooMuch() {
    for (int second = 1; second < 10; second++) {
      assertThat(load.isTooHigh(1_000 + second * 1_000L, 50 + second * 950L)).isFalse();
    }
    assertThat(load.isTooHigh(11_000, 50 + 9_500)).isTrue();
  }

  @Test
  void aLookThatComesLateCountsForTheTimeThatPassed() {
    assertThat(load.isTooHigh(13_000, 50 + 11_900)).isTrue();
  }

  @Test
  void aSecondOfWorkBetweenStartsTheCountAgain() {
    assertThat(load.isTooHigh(9_000, 50 + 7_900)).isFalse();
    assertThat(load.isTooHigh(10_000, 50 + 8_400)).isFalse();
    assertThat(load.isTooHigh(19_000, 50 + 17_300)).isFalse();
    assertThat(load.isTooHigh(20_000, 50 + 18_300)).isTrue();
  }

  @Test
  void theCollectorsOfThisProcessAreCounted() {
    long before = CollectorLoad.collecting();
    for (int round = 0; round < 20; round++) {
      System.gc();
    }
    assertThat(CollectorLoad.collecting()).isGreaterThan(before);
  }
}
