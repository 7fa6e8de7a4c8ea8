package io.pulzar.keys;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes turns in proportion to weights, evenly over time and without chance: each turn everybody
 * gains its weight, and who has gained most is chosen and pays the sum of all (the smooth weighted
 * round robin of nginx). Safe for any thread.
 */
final class WeightedRoundRobin {

  /** Who has less than this part of the largest weight gets no turn. */
  private static final double LEAST = 0.05;

  private final Map<String, Double> gained = new HashMap<>();

  /** Whose turn it is; empty when nobody has a weight. */
  synchronized Optional<String> next(Map<String, Double> weights) {
    double largest = weights.values().stream().mapToDouble(weight -> weight).max().orElse(0);
    gained.keySet().retainAll(weights.keySet());
    String chosen = null;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (Map.Entry<String, Double> each : weights.entrySet()) {
      // Shares of the largest: what was gained stays comparable when all disks fill up.
      double weight = largest > 0 ? each.getValue() / largest : 1;
      if (weight >= LEAST) {
        double has = gained.merge(each.getKey(), weight, Double::sum);
        sum += weight;
        if (has > most) {
          most = has;
          chosen = each.getKey();
        }
      }
    }
    if (chosen == null) {
      return Optional.empty();
    }
    gained.merge(chosen, -sum, Double::sum);
    return Optional.of(chosen);
  }
}
