package io.pulzar.polyglot.worker;

/** Why the worker ended a run before the script did. */
enum StopReason {
  TIME_LIMIT,
  OUTPUT_LIMIT,
  CANCEL,
  MEMORY_LIMIT,
  SCRATCH_LIMIT
}
