package io.pulzar.schedules;

import static io.pulzar.schedules.ModelCase.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.schedules.Schedule.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three months of a master with many schedules, on its disk, with outages and kills and jobs that
 * take their time, against the model that knows only the calendar.
 */
final class ScheduleLifeModelTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int SCHEDULES = 8;

  /** Each start and each end costs a sync of the disk. */
  private static final int MOST_STARTS = 200;

  private static final int MINUTES_BETWEEN_KILLS = 3_000;

  @TempDir private Path directory;
  private final Random random = new Random(7);

  /** Of the schedules 1, 2 and so on. */
  private final List<Life> lives = new ArrayList<>();

  private final NavigableMap<Integer, List<Long>> ends = new TreeMap<>();

  @Test
  void whatStartsIsWhatTheModelStartsForEachSchedule() {
    BitSet up = ModelCase.outages(random);
    try (DueRunnerFixture master = new DueRunnerFixture(directory, DueRunnerFixture.settings())) {
      for (int n = 0; n < SCHEDULES; n++) {
        add(master, draw(up));
      }
      boolean down = false;
      for (int minute = 1; minute < MINUTES; minute++) {
        master.pass(MINUTE);
        if (!up.get(minute)) {
          down = true;
          continue;
        }
        boolean restarts = down || random.nextInt(MINUTES_BETWEEN_KILLS) == 0;
        if (restarts) {
          master.restart();
          down = false;
        }
        if (restarts || master.isDue() || !ends.headMap(minute, true).isEmpty()) {
          minute(master, minute);
        }
      }
      for (int id = 1; id <= lives.size(); id++) {
        Life life = lives.get(id - 1);
        Schedule schedule = master.schedule(id);
        life.events.add("finished: " + (schedule.state() == State.FINISHED));
        assertThat(life.events).as("%s", life.drawn).isEqualTo(life.drawn.model());
        assertThat(schedule.counts().runs()).isEqualTo(life.started);
      }
    }
  }

  private void minute(DueRunnerFixture master, int minute) {
    NavigableMap<Integer, List<Long>> over = ends.headMap(minute, true);
    over.values().forEach(jobs -> jobs.forEach(job -> master.jobs.end(job, random.nextBoolean())));
    over.clear();
    for (ScheduledRun run : master.roundOfRuns()) {
      Life life = lives.get((int) run.key().schedule() - 1);
      int end = minute + life.minutesOfNextRun();
      ends.computeIfAbsent(end, key -> new ArrayList<>()).add(run.job());
      life.events.add(master.clock.instant() + " starts " + run.due());
    }
  }

  private void add(DueRunnerFixture master, ModelCase drawn) {
    Instant now = master.clock.instant();
    DueRunnerFixture.join(
        master.store.add(
            new JobTemplate("a/b", "{}", Optional.empty()), drawn.plan(), Optional.empty(), now));
    lives.add(new Life(drawn));
  }

  /** What really became of one schedule. */
  private static final class Life {

    private final ModelCase drawn;
    private final List<String> events = new ArrayList<>();
    private int started;

    Life(ModelCase drawn) {
      this.drawn = drawn;
    }

    int minutesOfNextRun() {
      return drawn.minutesOfRun().get(started++ % drawn.minutesOfRun().size());
    }
  }

  private ModelCase draw(BitSet up) {
    Misfire misfire = List.of(Misfire.values()).get(random.nextInt(Misfire.values().length));
    ModelCase drawn = ModelCase.draw(random, misfire, up);
    return drawn.model().size() <= MOST_STARTS ? drawn : draw(up);
  }
}
