package io.pulzar.schedules;

import io.pulzar.jobs.JobRuns;
import io.pulzar.schedules.ScheduleTables.DueKey;
import io.pulzar.upkeep.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now: ends of runs to take note of, and due times to fire. {@link
 * ScheduleTimer} calls {@link #round} again and again, at the latest when the next due time comes.
 *
 * <p>Nothing about due times is held here. A hand-over that fails has changed nothing, so that the
 * next round finds it due again.
 */
final class DueRunner {

  private static final Logger LOG = LoggerFactory.getLogger(DueRunner.class);

  /** Schedules in one transaction: many for their cost, few for those who wait behind it. */
  private static final int AT_A_TIME = 200;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** How old the clock's last moment on the disk may be. */
  private static final Duration SEEN = Duration.ofMinutes(1);

  private final ScheduleStore store;
  private final JobRuns runs;
  private final ClockShifts shifts;
  private final ScheduleMetrics metrics;
  private final Clock clock;
  private final ClockWatch watch;
  private final Queue<Long> ended = new ConcurrentLinkedQueue<>();
  private boolean mayHaveMissedEnds = true;
  private Instant seen = Instant.MIN;

  DueRunner(
      ScheduleStore store,
      JobRuns runs,
      ClockShifts shifts,
      ScheduleMetrics metrics,
      Clock clock,
      LongSupplier nanos) {
    this.store = store;
    this.runs = runs;
    this.shifts = shifts;
    this.metrics = metrics;
    this.clock = clock;
    this.watch = new ClockWatch(clock, nanos);
  }

  /** The job of a run has ended. Safe for any thread. */
  void ended(long job) {
    ended.add(job);
  }

  /** Before the first round: a clock that was set back while nobody looked. */
  void recover() {
    Instant now = clock.instant();
    shifts.finish(now);
    shifts
        .seen()
        .map(last -> Duration.between(now, last))
        .filter(back -> back.compareTo(ClockWatch.SMALLEST_STEP) >= 0)
        .ifPresent(back -> setBack(back, now));
  }

  /**
   * Does what is due.
   *
   * @param progress is asked between transactions
   * @return how long nothing will be, unless somebody changes a schedule or a run ends
   */
  Duration round(Rounds.Progress progress) {
    Duration step = watch.step();
    Instant now = clock.instant();
    if (step.isNegative()) {
      setBack(step.negated(), now);
    } else if (step.isPositive()) {
      LOG.warn("the clock was put forward by {}: due times in between count as missed", step);
    }
    boolean settled = settle(now, progress);
    boolean fired = fire(now, progress);
    see(now);
    return settled && fired ? untilNextDue() : LONGEST_PAUSE;
  }

  private void setBack(Duration by, Instant now) {
    LOG.warn("the clock was set back by {}: schedules are moved along", by);
    shifts.setBack(by, now);
  }

  /** Answers whether it all worked. */
  private boolean settle(Instant now, Rounds.Progress progress) {
    if (mayHaveMissedEnds) {
      store.activeJobs().stream().filter(runs::isOver).forEach(ended::add);
      mayHaveMissedEnds = false;
    }
    List<Long> some = takeEnded();
    while (!some.isEmpty() && progress.goesOn()) {
      boolean worked =
          each(
              some,
              jobs -> store.settle(jobs, now),
              done -> {},
              "the end of the scheduled run in job");
      mayHaveMissedEnds |= !worked;
      some = takeEnded();
    }
    return !mayHaveMissedEnds;
  }

  private List<Long> takeEnded() {
    List<Long> some = new ArrayList<>();
    while (some.size() < AT_A_TIME && !ended.isEmpty()) {
      some.add(ended.remove());
    }
    return some;
  }

  /** Answers whether nothing that was due is left. */
  private boolean fire(Instant now, Rounds.Progress progress) {
    boolean worked = true;
    List<DueKey> due = store.due(Optional.empty(), now, AT_A_TIME);
    while (!due.isEmpty() && progress.goesOn()) {
      int room = runs.room();
      if (room == 0) {
        return false;
      }
      List<Long> ids = due.stream().map(DueKey::schedule).toList();
      worked &=
          each(
              ids,
              some -> store.fire(some, now, room),
              fired -> metrics.fired(fired, clock.instant()),
              "the run of schedule");
      due = store.due(Optional.of(due.getLast()), now, AT_A_TIME);
    }
    return worked;
  }

  /**
   * Does something with all of them in one transaction or, when that fails, with each alone, so
   * that one that cannot be done does not hold up the others.
   */
  private static <R> boolean each(
      List<Long> ids,
      Function<List<Long>, CompletionStage<R>> action,
      Consumer<R> result,
      String what) {
    try {
      result.accept(action.apply(ids).toCompletableFuture().join());
      return true;
    } catch (RuntimeException failure) {
      if (ids.size() == 1) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOG.warn("{} {} is not stored yet and tried again: {}", what, ids.getFirst(), "" + cause);
        return false;
      }
      ids.forEach(id -> each(List.of(id), action, result, what));
      return false;
    }
  }

  private void see(Instant now) {
    if (Duration.between(seen, now).abs().compareTo(SEEN) >= 0 && store.scheduled() > 0) {
      shifts.see(now);
      seen = now;
    }
  }

  private Duration untilNextDue() {
    Instant now = clock.instant();
    Duration pause = store.nextDue().map(next -> Duration.between(now, next)).orElse(LONGEST_PAUSE);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
