package io.pulzar.alarms;

import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import java.time.Clock;
import java.time.Duration;

/** The feature's loop: makes alarms of what happened, and has them sent. */
final class AlarmRounds implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final RunAlarms runs;
  private final LateAlarms late;
  private final WaitingAlarms waiting;
  private final DeliveryRunner deliveries;
  private final AlarmMetrics metrics;
  private final Clock clock;
  private final long checkNanos;
  private long checked = System.nanoTime();
  private final Rounds rounds;

  AlarmRounds(
      RunAlarms runs,
      LateAlarms late,
      WaitingAlarms waiting,
      DeliveryRunner deliveries,
      AlarmMetrics metrics,
      AlarmSettings settings,
      Clock clock,
      Loops loops) {
    this.runs = runs;
    this.late = late;
    this.waiting = waiting;
    this.deliveries = deliveries;
    this.metrics = metrics;
    this.clock = clock;
    this.checkNanos = settings.check().toNanos();
    Duration pause = settings.check().compareTo(PAUSE) < 0 ? settings.check() : PAUSE;
    this.rounds = Rounds.start(loops, "alarms", pause, this::round);
  }

  private void round(Rounds.Progress progress) {
    RunAlarms.Step step;
    do {
      step = runs.step();
      metrics.givenUp(step.refused());
      deliveries.run();
    } while (step.notes() == RunAlarms.AT_A_TIME && progress.goesOn());
    if (System.nanoTime() - checked >= checkNanos) {
      checked = System.nanoTime();
      metrics.givenUp(late.check(clock.instant()) + waiting.check(clock.instant()));
      deliveries.run();
    }
  }

  @Override
  public void close() {
    rounds.close();
    deliveries.close();
  }
}
