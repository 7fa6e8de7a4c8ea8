package io.pulzar.schedules;

/** What happens to due times that passed while nothing could fire, as when the master was down. */
enum Misfire {
  /** All of them together become one run, at once. */
  ONCE,
  /** They are left out; the schedule goes on with its next due time. */
  SKIP,
  /** Each becomes a run, up to a bound: the newest ones count. */
  ALL
}
