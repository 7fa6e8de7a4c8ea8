package io.pulzar.jobs;

import java.time.Duration;

/**
 * How durations are spread, in classes that grow by a quarter of an octave: a quantile is right to
 * a tenth of itself, whatever its size, from a millisecond to a month.
 */
final class DurationHistogram {

  private static final int PER_OCTAVE = 4;
  private static final int CLASSES = 32 * PER_OCTAVE;

  private final int[] counts = new int[CLASSES];

  void add(Duration duration) {
    counts[classOf(duration.toMillis())]++;
  }

  void addAll(DurationHistogram other) {
    for (int at = 0; at < CLASSES; at++) {
      counts[at] += other.counts[at];
    }
  }

  long count() {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /**
   * The duration that a part of all is not longer than, in milliseconds.
   *
   * @param part from 0 to 1
   */
  double quantile(double part) {
    long wanted = Math.max(1, (long) Math.ceil((double) count() * part));
    long seen = 0;
    for (int at = 0; at < CLASSES; at++) {
      seen += counts[at];
      if (seen >= wanted) {
        return at == 0 ? 0 : Math.pow(2, (at - 0.5) / PER_OCTAVE);
      }
    }
    return 0;
  }

  private static int classOf(long millis) {
    if (millis < 1) {
      return 0;
    }
    int octaves = (int) Math.floor(PER_OCTAVE * Math.log((double) millis) / Math.log(2)) + 1;
    return Math.min(CLASSES - 1, octaves);
  }
}
