package io.pulzar.schedules;

import static io.pulzar.schedules.ScheduleTables.CLOCK;
import static io.pulzar.schedules.ScheduleTables.COUNTERS;
import static io.pulzar.schedules.ScheduleTables.LAST_ID;
import static io.pulzar.schedules.ScheduleTables.SCHEDULES;
import static io.pulzar.schedules.ScheduleTables.THE_CLOCK;

import io.pulzar.jobs.JobRuns;
import io.pulzar.schedules.ClockState.Shift;
import io.pulzar.storage.Range;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Moves every schedule along with a clock that was set back, in small transactions. How far it got
 * is stored with each of them, so that a kill in between neither leaves a schedule out nor moves it
 * twice.
 */
final class ClockShifts {

  private static final int AT_A_TIME = 200;

  private final JobRuns runs;

  ClockShifts(JobRuns runs) {
    this.runs = runs;
  }

  /** A moment that the clock has shown, as far as the disk knows. */
  Optional<Instant> seen() {
    return runs.database().read(tx -> tx.get(CLOCK, THE_CLOCK)).map(ClockState::seen);
  }

  /** Takes note of what the clock shows. */
  void see(Instant now) {
    write(
        transaction -> {
          WriteTransaction tx = transaction.tables();
          Optional<Shift> shift = tx.get(CLOCK, THE_CLOCK).flatMap(ClockState::shift);
          tx.put(CLOCK, THE_CLOCK, new ClockState(now, shift));
          return 0;
        });
  }

  /** Moves all schedules along; a move that was interrupted is finished first. */
  void setBack(Duration by, Instant now) {
    finish(now);
    write(
        transaction -> {
          WriteTransaction tx = transaction.tables();
          long last = tx.get(COUNTERS, LAST_ID).orElse(0L);
          tx.put(CLOCK, THE_CLOCK, new ClockState(now, Optional.of(new Shift(by, last, 0))));
          return 0;
        });
    finish(now);
  }

  /** Finishes what a kill interrupted. */
  void finish(Instant now) {
    int moved;
    do {
      moved = write(transaction -> step(transaction, now));
    } while (moved > 0);
  }

  private static int step(JobRuns.Transaction transaction, Instant now) {
    WriteTransaction tx = transaction.tables();
    Optional<ClockState> state = tx.get(CLOCK, THE_CLOCK);
    Optional<Shift> shift = state.flatMap(ClockState::shift);
    if (shift.isEmpty()) {
      return 0;
    }
    List<Schedule> some = new ArrayList<>();
    tx.scan(
        SCHEDULES,
        Range.after(shift.get().done()).upTo(shift.get().last()),
        (id, schedule) -> {
          some.add(schedule);
          return some.size() < AT_A_TIME;
        });
    ScheduleTransaction changes = new ScheduleTransaction(transaction, Integer.MAX_VALUE);
    for (Schedule schedule : some) {
      if (!schedule.over()) {
        changes.store(schedule, ScheduleTransition.clockSetBack(schedule, shift.get().by(), now));
      }
    }
    Optional<Shift> rest =
        some.isEmpty()
            ? Optional.empty()
            : Optional.of(new Shift(shift.get().by(), shift.get().last(), some.getLast().id()));
    tx.put(CLOCK, THE_CLOCK, new ClockState(state.get().seen(), rest));
    return some.size();
  }

  private int write(ToIntFunction<JobRuns.Transaction> body) {
    return runs.write(body::applyAsInt).toCompletableFuture().join();
  }
}
