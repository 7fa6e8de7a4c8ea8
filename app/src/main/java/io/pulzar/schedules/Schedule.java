package io.pulzar.schedules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as it is stored.
 *
 * @param plan when, by which policies, and how often at most
 * @param runsLeft how many more runs may become due; {@link #FOR_EVER} for no limit
 * @param next the due time that fires next; empty when there is none: paused, canceled, finished
 * @param active runs that were handed over and have not ended
 * @param waiting due times that wait for the end of an active run, the oldest first
 * @param counts what became of the due times so far
 * @param ended when it was canceled or finished
 */
record Schedule(
    long id,
    JobTemplate work,
    Plan plan,
    Instant created,
    State state,
    long runsLeft,
    Optional<Due> next,
    int active,
    List<Due> waiting,
    Counts counts,
    Optional<Instant> ended) {

  static final long FOR_EVER = Long.MAX_VALUE;

  /** Where a schedule stands. */
  enum State {
    SCHEDULED,
    PAUSED,
    CANCELED,
    FINISHED
  }

  /**
   * What became of the due times.
   *
   * @param runs handed over as runs
   * @param missed left out by the misfire policy
   * @param overlapped left out by the overlap policy
   */
  record Counts(long runs, long missed, long overlapped) {

    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(long moreRuns, long moreMissed, long moreOverlapped) {
      return new Counts(runs + moreRuns, missed + moreMissed, overlapped + moreOverlapped);
    }
  }

  Schedule {
    waiting = List.copyOf(waiting);
  }

  /** A new schedule that waits for its first due time. */
  static Schedule create(long id, JobTemplate work, Plan plan, Instant created) {
    return new Schedule(
        id,
        work,
        plan,
        created,
        State.SCHEDULED,
        plan.runs(),
        new DueTimes(id, plan.timing(), plan.policy()).after(created),
        0,
        List.of(),
        Counts.NONE,
        Optional.empty());
  }

  Timing timing() {
    return plan.timing();
  }

  Policy policy() {
    return plan.policy();
  }

  DueTimes dueTimes() {
    return new DueTimes(id, timing(), policy());
  }

  boolean over() {
    return state == State.CANCELED || state == State.FINISHED;
  }

  Schedule with(State newState, Optional<Due> newNext, Optional<Instant> newEnded) {
    return new Schedule(
        id, work, plan, created, newState, runsLeft, newNext, active, waiting, counts, newEnded);
  }

  Schedule withTiming(Timing newTiming, Optional<Due> newNext) {
    Plan moved = new Plan(newTiming, policy(), plan.runs());
    return new Schedule(
        id, work, moved, created, state, runsLeft, newNext, active, waiting, counts, ended);
  }

  Schedule withRuns(int newActive, List<Due> newWaiting, Counts newCounts, long newRunsLeft) {
    return new Schedule(
        id, work, plan, created, state, newRunsLeft, next, newActive, newWaiting, newCounts, ended);
  }
}
