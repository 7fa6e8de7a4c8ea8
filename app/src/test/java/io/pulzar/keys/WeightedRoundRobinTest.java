package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WeightedRoundRobinTest {

  private final WeightedRoundRobin shares = new WeightedRoundRobin();

  @Test
  void turnsAreInProportionToWeights() {
    assertThat(turns(700, Map.of("one", 4e9, "two", 2e9, "three", 1e9)))
        .isEqualTo(Map.of("one", 400L, "two", 200L, "three", 100L));
  }

  @Test
  void equalOnesAlternate() {
    Map<String, Double> weights = new TreeMap<>(Map.of("one", 1e9, "two", 1e9));
    String first = shares.next(weights).orElseThrow();
    assertThat(shares.next(weights))
        .isPresent()
        .hasValueSatisfying(next -> assertThat(next).isNotEqualTo(first));
    assertThat(shares.next(weights)).contains(first);
  }

  @Test
  void whoHasAlmostNothingGetsNoTurn() {
    assertThat(turns(100, Map.of("one", 1e9, "full", 1e7))).isEqualTo(Map.of("one", 100L));
  }

  @Test
  void aNewcomerIsNotFlooded() {
    turns(1_000, Map.of("one", 1e9, "two", 1e9));
    assertThat(turns(30, Map.of("one", 1e9, "two", 1e9, "new", 1e9)))
        .allSatisfy((node, count) -> assertThat(count).isBetween(9L, 11L));
  }

  @Test
  void fullDisksShareEvenlyAndNobodyIsNobody() {
    assertThat(turns(10, Map.of("one", 0.0, "two", 0.0))).hasSize(2);
    assertThat(shares.next(Map.of())).isEmpty();
  }

  private Map<String, Long> turns(int count, Map<String, Double> weights) {
    return IntStream.range(0, count)
        .mapToObj(turn -> shares.next(weights).orElseThrow())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
