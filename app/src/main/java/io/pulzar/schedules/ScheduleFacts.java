package io.pulzar.schedules;

import static io.pulzar.schedules.ScheduleTables.EXECUTIONS;
import static io.pulzar.schedules.ScheduleTables.OVER;
import static io.pulzar.schedules.ScheduleTables.SCHEDULES;

import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What another feature can find out about schedules, in a transaction of its own tables. */
public final class ScheduleFacts {

  /**
   * A schedule that is neither canceled nor finished.
   *
   * @param paused whether nothing becomes due until somebody resumes it
   */
  public record Alive(long id, String script, Instant created, boolean paused) {}

  private ScheduleFacts() {}

  /** How many there are. */
  public static long count(ReadTransaction tx) {
    return tx.entries(SCHEDULES) - tx.entries(OVER);
  }

  /** All of them, in the order of their numbers. */
  public static List<Alive> alive(ReadTransaction tx) {
    List<Alive> alive = new ArrayList<>();
    tx.scan(
        SCHEDULES,
        Range.all(),
        (id, schedule) -> {
          if (!schedule.over()) {
            alive.add(
                new Alive(
                    id,
                    schedule.work().path(),
                    schedule.created(),
                    schedule.state() == Schedule.State.PAUSED));
          }
          return true;
        });
    return alive;
  }

  /** When a run of it completed last, among those that are kept. */
  public static Optional<Instant> lastSuccess(ReadTransaction tx, long id) {
    List<Instant> found = new ArrayList<>();
    tx.scan(
        EXECUTIONS,
        Range.downFrom(new ScheduledRun.Key(id, Long.MAX_VALUE)).upTo(new ScheduledRun.Key(id, 0)),
        (key, run) -> {
          run.end()
              .filter(end -> end.result() == ScheduledRun.Result.OK)
              .ifPresent(end -> found.add(end.at()));
          return found.isEmpty();
        });
    return found.stream().findFirst();
  }
}
