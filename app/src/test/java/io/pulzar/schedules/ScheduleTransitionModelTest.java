package io.pulzar.schedules;

import static io.pulzar.schedules.ModelCase.MINUTES;
import static io.pulzar.schedules.ModelCase.RULES;
import static io.pulzar.schedules.ModelCase.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.schedules.Schedule.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Months of a schedule's life, with the master up and down and runs that take their time, against a
 * model that goes through them minute by minute and knows nothing of due times but the calendar.
 */
final class ScheduleTransitionModelTest {

  private static final int ROUNDS = 40;

  @ParameterizedTest
  @EnumSource(Misfire.class)
  void whatStartsIsWhatAModelStartsWhateverThePolicies(Misfire misfire) {
    Random random = new Random(misfire.name().hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      ModelCase drawn = ModelCase.draw(random, misfire);
      assertThat(real(drawn)).as("round %d: %s", round, drawn).isEqualTo(drawn.model());
    }
  }

  /** Minute and due time of each start, and what became of the rest. */
  private static List<String> real(ModelCase drawn) {
    List<String> events = new ArrayList<>();
    Schedule schedule =
        Schedule.create(1, new JobTemplate("a/b", "{}", Optional.empty()), drawn.plan(), START);
    PriorityQueue<Integer> ends = new PriorityQueue<>();
    int started = 0;
    for (int minute = 1; minute < MINUTES; minute++) {
      if (!drawn.up().get(minute)) {
        continue;
      }
      Instant now = START.plus(Duration.ofMinutes(minute));
      List<Due> starts = new ArrayList<>();
      while (!ends.isEmpty() && ends.element() <= minute) {
        ends.remove();
        ScheduleTransition turn = ScheduleTransition.runEnded(schedule);
        schedule = turn.after();
        starts.addAll(turn.starts());
        for (int i = 0; i < turn.starts().size(); i++) {
          ends.add(minute + drawn.minutesOfRun().get(started++ % drawn.minutesOfRun().size()));
        }
      }
      ScheduleTransition turn = ScheduleTransition.fire(schedule, now, RULES);
      schedule = turn.after();
      starts.addAll(turn.starts());
      for (int i = 0; i < turn.starts().size(); i++) {
        ends.add(minute + drawn.minutesOfRun().get(started++ % drawn.minutesOfRun().size()));
      }
      starts.forEach(due -> events.add(now + " starts " + due.nominal()));
      assertThat(schedule.active()).isEqualTo(ends.size());
    }
    assertThat(schedule.counts().runs()).isEqualTo(started);
    events.add("finished: " + (schedule.state() == State.FINISHED));
    return events;
  }
}
