package io.pulzar.schedules;

/** What happens when a run is due and the schedule's previous one has not ended. */
enum Overlap {
  /** It waits for that end; while one waits, further due times are left out. */
  QUEUE_ONE,
  /** It is left out. */
  SKIP,
  /** It starts beside the other. */
  ALLOW
}
