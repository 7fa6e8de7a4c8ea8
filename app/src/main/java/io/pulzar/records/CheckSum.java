package io.pulzar.records;

/**
 * {@code hash()} of a text in Python 2 on a 64-bit machine, which clients compare. It says whether
 * two texts are likely the same, and protects against nothing.
 */
final class CheckSum {

  private static final long FACTOR = 1_000_003;

  private CheckSum() {}

  static long of(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    long sum = (long) text.codePointAt(0) << 7;
    int length = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      sum = FACTOR * sum ^ point;
      length++;
      at += Character.charCount(point);
    }
    sum ^= length;
    return sum == -1 ? -2 : sum;
  }
}
