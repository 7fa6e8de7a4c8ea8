package io.pulzar.schedules;

import io.pulzar.schedules.Schedule.Counts;
import io.pulzar.schedules.Schedule.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step in the life of a schedule: what it is afterwards, and which runs start now. Pure: the
 * same arguments give the same turn, so that a transaction may compute it again.
 *
 * @param after the schedule with {@code starts} already counted as active
 * @param starts due times whose runs are handed over in the same transaction
 */
record ScheduleTransition(Schedule after, List<Due> starts) {

  /**
   * How due times are judged.
   *
   * @param lateAfter a due time that fires this much later counts as missed
   * @param mostCaughtUp how many missed runs {@link Misfire#ALL} makes up for at once
   */
  record Rules(Duration lateAfter, int mostCaughtUp) {}

  /** Fires what is due by {@code now} and moves on to the first due time after it. */
  static ScheduleTransition fire(Schedule schedule, Instant now, Rules rules) {
    if (schedule.state() != State.SCHEDULED
        || schedule.next().isEmpty()
        || schedule.next().get().at().isAfter(now)) {
      return new ScheduleTransition(schedule, List.of());
    }
    DueTimes times = schedule.dueTimes();
    int mostNewest = schedule.policy().misfire() == Misfire.ALL ? rules.mostCaughtUp() : 1;
    DueTimes.Passed passed = times.passed(schedule.next().get(), now, mostNewest);
    Due last = passed.newest().getLast();

    List<Due> taken =
        switch (schedule.policy().misfire()) {
          case ONCE -> List.of(last);
          case SKIP -> last.at().isBefore(now.minus(rules.lateAfter())) ? List.of() : List.of(last);
          case ALL -> List.copyOf(passed.newest());
        };
    if (taken.size() > schedule.runsLeft()) {
      taken = taken.subList(0, (int) schedule.runsLeft());
    }
    Counts counts = schedule.counts().plus(0, passed.count() - taken.size(), 0);
    Schedule counted =
        schedule.withRuns(schedule.active(), schedule.waiting(), counts, schedule.runsLeft());
    ScheduleTransition turn = admit(counted, taken);
    return new ScheduleTransition(
        moveOn(turn.after, times.after(last.nominal()), now), turn.starts);
  }

  /** Applies the overlap policy to due times that are to run. */
  private static ScheduleTransition admit(Schedule schedule, List<Due> taken) {
    boolean busy = schedule.active() > 0 || !schedule.waiting().isEmpty();
    List<Due> starts = new ArrayList<>();
    List<Due> waiting = new ArrayList<>(schedule.waiting());
    switch (schedule.policy().overlap()) {
      case ALLOW -> starts.addAll(taken);
      case SKIP -> {
        if (!busy && !taken.isEmpty()) {
          starts.add(taken.getFirst());
        }
      }
      case QUEUE_ONE -> {
        List<Due> rest = taken;
        if (!busy && !taken.isEmpty()) {
          starts.add(taken.getFirst());
          rest = taken.subList(1, taken.size());
        }
        if (waiting.isEmpty()) {
          waiting.addAll(rest);
        }
      }
    }
    int admitted = starts.size() + waiting.size() - schedule.waiting().size();
    long runsLeft =
        schedule.runsLeft() == Schedule.FOR_EVER
            ? Schedule.FOR_EVER
            : schedule.runsLeft() - admitted;
    Counts counts = schedule.counts().plus(starts.size(), 0, taken.size() - admitted);
    return new ScheduleTransition(
        schedule.withRuns(schedule.active() + starts.size(), waiting, counts, runsLeft), starts);
  }

  private static Schedule moveOn(Schedule schedule, Optional<Due> next, Instant now) {
    return schedule.runsLeft() == 0 || next.isEmpty()
        ? schedule.with(State.FINISHED, Optional.empty(), Optional.of(now))
        : schedule.with(schedule.state(), next, Optional.empty());
  }

  /** A run of this schedule has ended: the one that waited longest for that starts. */
  static ScheduleTransition runEnded(Schedule schedule) {
    int active = Math.max(0, schedule.active() - 1);
    List<Due> waiting = schedule.waiting();
    boolean startsNext = active == 0 && !waiting.isEmpty();
    if (!startsNext) {
      return new ScheduleTransition(
          schedule.withRuns(active, waiting, schedule.counts(), schedule.runsLeft()), List.of());
    }
    return new ScheduleTransition(
        schedule.withRuns(
            1,
            waiting.subList(1, waiting.size()),
            schedule.counts().plus(1, 0, 0),
            schedule.runsLeft()),
        List.of(waiting.getFirst()));
  }

  /** One run more, at once, that leaves due times and {@code max_runs} as they are. */
  static ScheduleTransition runNow(Schedule schedule, Instant now) {
    Schedule after =
        schedule.withRuns(
            schedule.active() + 1,
            schedule.waiting(),
            schedule.counts().plus(1, 0, 0),
            schedule.runsLeft());
    return new ScheduleTransition(after, List.of(new Due(now, now)));
  }

  /** Nothing starts until it is resumed; what waits for an active run is given up. */
  static Schedule pause(Schedule schedule) {
    return withoutWaiting(schedule).with(State.PAUSED, Optional.empty(), Optional.empty());
  }

  /**
   * Goes on with the first due time after {@code now}; those that passed in between don't count.
   */
  static Schedule resume(Schedule schedule, Instant now) {
    return moveOn(
        schedule.with(State.SCHEDULED, Optional.empty(), Optional.empty()),
        schedule.dueTimes().after(now),
        now);
  }

  /** Nothing starts any more. */
  static Schedule cancel(Schedule schedule, Instant now) {
    return withoutWaiting(schedule).with(State.CANCELED, Optional.empty(), Optional.of(now));
  }

  private static Schedule withoutWaiting(Schedule schedule) {
    int dropped = schedule.waiting().size();
    long runsLeft =
        schedule.runsLeft() == Schedule.FOR_EVER
            ? Schedule.FOR_EVER
            : schedule.runsLeft() + dropped;
    return schedule.withRuns(schedule.active(), List.of(), schedule.counts(), runsLeft);
  }

  /**
   * The clock was set back by {@code by}. Intervals measure elapsed time, so their grid moves
   * along; a cron pattern for every hour goes on with the next time that the clock shows; other
   * patterns and single moments wait for their time, since a due time that has had its run never
   * has another.
   */
  static Schedule clockSetBack(Schedule schedule, Duration by, Instant now) {
    return switch (schedule.timing()) {
      case Timing.Interval interval ->
          schedule.withTiming(
              new Timing.Interval(interval.unit(), interval.count(), interval.anchor().minus(by)),
              schedule.next().map(due -> new Due(due.nominal().minus(by), due.at().minus(by))));
      case Timing.Cron cron when cron.pattern().everyHour() && schedule.next().isPresent() ->
          schedule.withTiming(cron, schedule.dueTimes().after(now));
      case Timing.Cron cron -> schedule;
      case Timing.At at -> schedule;
    };
  }
}
