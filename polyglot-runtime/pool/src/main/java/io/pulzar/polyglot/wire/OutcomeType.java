package io.pulzar.polyglot.wire;

/** The first byte of an outcome within a frame is the position in this list. */
enum OutcomeType {
  COMPLETED,
  RAISED,
  TIMED_OUT,
  OUT_OF_MEMORY,
  OUTPUT_LIMIT,
  CRASHED,
  CANCELED
}
