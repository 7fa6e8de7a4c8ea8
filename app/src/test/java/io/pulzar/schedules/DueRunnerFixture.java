package io.pulzar.schedules;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pulzar.SettableClock;
import io.pulzar.jobs.PlayedJobs;
import io.pulzar.jobs.StoredData;
import io.pulzar.storage.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Schedules on a real database, with a clock and a counter that a test moves. */
final class DueRunnerFixture implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private static final String PARAMETERS = "{}";

  final SettableClock clock = new SettableClock(START);
  final PlayedJobs jobs;
  final ScheduleSettings settings;
  ScheduleStore store;
  Schedules schedules;
  private final LongSupplier nanos;
  private DueRunner firing;
  private Duration counted = Duration.ZERO;

  DueRunnerFixture(Path directory, ScheduleSettings settings) {
    this(directory, settings, 10_000, key -> Optional.empty());
  }

  DueRunnerFixture(Path directory, ScheduleSettings settings, int queue, StoredData data) {
    this.settings = settings;
    this.nanos = () -> counted.toNanos();
    this.jobs = new PlayedJobs(directory, clock, queue, new ScheduleTables().tables(), data);
    begin();
  }

  static ScheduleSettings settings() {
    return new ScheduleSettings(
        Policy.DEFAULT,
        new ScheduleTransition.Rules(Duration.ofSeconds(30), 5),
        2_000,
        5,
        100,
        Duration.ofDays(90));
  }

  /** The master is killed and starts again; what it had in memory is gone. */
  void restart() {
    jobs.restart();
    begin();
  }

  private void begin() {
    store = new ScheduleStore(jobs.runs(), jobs.requests(), settings);
    firing =
        new DueRunner(
            store,
            jobs.runs(),
            new ClockShifts(jobs.runs()),
            ScheduleMetrics.of(new SimpleMeterRegistry(), store, clock),
            clock,
            nanos);
    jobs.runs().onScheduledEnd(firing::ended);
    schedules =
        new Schedules(store, jobs.runs(), new PlanReader(settings.defaults()), clock, () -> {});
    firing.recover();
  }

  /** Records a schedule, as if a client had sent it. */
  long schedule(Map<String, ?> scheduled) {
    return schedule(scheduled, Optional.empty());
  }

  long schedule(Map<String, ?> scheduled, Optional<String> data) {
    Plan plan = new PlanReader(settings.defaults()).read(scheduled, clock.instant());
    return join(
        store.add(
            new JobTemplate("a/b", PARAMETERS, data), plan, Optional.empty(), clock.instant()));
  }

  /** Time passes, on the clock and in fact. */
  void pass(Duration time) {
    clock.move(time);
    counted = counted.plus(time);
  }

  /** Somebody sets the clock. */
  void set(Duration by) {
    clock.move(by);
  }

  /** A round; the runs that it started, in that order. */
  List<ScheduledRun> roundOfRuns() {
    firing.round(() -> true);
    return jobs.begun().stream().map(this::execution).toList();
  }

  /** The same, and only for which due times they were. */
  List<Instant> round() {
    return roundOfRuns().stream().map(ScheduledRun::due).toList();
  }

  /** Whether a due time has come. */
  boolean isDue() {
    return !store.due(Optional.empty(), clock.instant(), 1).isEmpty();
  }

  /**
   * Lets so much time pass in small steps, with a round in the first and whenever something is due;
   * the due times of what started.
   */
  List<Instant> rounds(Duration time, Duration step) {
    List<Instant> started = new ArrayList<>();
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
      pass(step);
      if (passed.isZero() || isDue()) {
        started.addAll(round());
      }
    }
    return started;
  }

  /** The run of a job under way. */
  ScheduledRun execution(long job) {
    Database database = jobs.runs().database();
    return database.read(
        tx ->
            tx.get(ScheduleTables.ACTIVE, job)
                .flatMap(key -> tx.get(ScheduleTables.EXECUTIONS, key))
                .orElseThrow());
  }

  Schedule schedule(long id) {
    return store.find(id).orElseThrow();
  }

  ScheduleRetention retention(Clock at) {
    return new ScheduleRetention(jobs.runs(), at, settings.age(), settings.keptOver());
  }

  static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  @Override
  public void close() {
    jobs.close();
  }
}
