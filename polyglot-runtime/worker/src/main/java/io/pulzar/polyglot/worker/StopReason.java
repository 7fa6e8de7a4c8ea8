package io.pulzar.polyglot.worker;

/** Why the worker ended a run before the script did. */
enum StopReason {
  TIME_LIMIT,
  OUTPUT_LIMIT,
  CANCEL,
  MEMORY_LIMIT,
  SCRATCH_LIMIT;

  /** Whether the script may still clean up after itself. */
  boolean leavesTime() {
    return this == TIME_LIMIT || this == CANCEL;
  }
}
