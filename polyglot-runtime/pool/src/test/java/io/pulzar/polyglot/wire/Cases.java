package io.pulzar.polyglot.wire;

/** Tries a rule on many random cases as one test; a failure names the case. */
final class Cases {

  /** One case. */
  @FunctionalInterface
  interface Case {

    /**
     * Tests it.
     *
     * @param seed of everything random in it
     */
    void test(int seed) throws Exception;
  }

  private Cases() {}

  /** Tests the seeds from 1 to {@code count}. */
  static void each(int count, Case rule) {
    for (int seed = 1; seed <= count; seed++) {
      try {
        rule.test(seed);
      } catch (Exception | AssertionError failure) {
        throw new AssertionError("with the seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }
}
