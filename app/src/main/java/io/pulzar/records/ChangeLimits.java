package io.pulzar.records;

/** How much of a log travels at once. */
final class ChangeLimits {

  static final int ROWS = 1_000;
  static final long BYTES = 4L << 20;

  private ChangeLimits() {}
}
