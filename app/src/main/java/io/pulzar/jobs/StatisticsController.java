package io.pulzar.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /admin/statistics}: what runs, what waits, and how runs ended lately. */
@OnMaster
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatisticsController {

  private static final int MOST_BARS = 96;

  private final RunStatistics statistics;
  private final Dispatcher dispatcher;
  private final JobStore store;
  private final Clock clock;

  StatisticsController(
      RunStatistics statistics, Dispatcher dispatcher, JobStore store, Clock clock) {
    this.statistics = statistics;
    this.dispatcher = dispatcher;
    this.store = store;
    this.clock = clock;
  }

  @Secured(Rights.VIEW)
  @Get("/admin/statistics")
  Envelope statistics(@QueryValue @Nullable String hours) {
    long longest = RunStatistics.KEPT.toHours();
    if (hours != null && !(hours.matches("\\d{1,4}") && isWithin(hours, longest))) {
      throw ApiException.badRequest(
          "bad_hours", "hours must be a whole number from 1 to " + longest);
    }
    Duration length = Duration.ofHours(hours == null ? 24 : Long.parseLong(hours));
    return Envelope.ok(report(length));
  }

  private static boolean isWithin(String hours, long longest) {
    long number = Long.parseLong(hours);
    return number >= 1 && number <= longest;
  }

  private Report report(Duration length) {
    long step = RunStatistics.STEP.toSeconds();
    int together = (int) Math.ceilDiv(length.toSeconds(), step * MOST_BARS);
    Instant now = clock.instant();
    Instant start = RunStatistics.start(now.minus(length)).plusSeconds(step);
    List<RunStatistics.Step> steps = statistics.steps(start);
    int bars = Math.ceilDiv(steps.size(), together);
    int[] completed = new int[bars];
    int[] failed = new int[bars];
    int[] canceled = new int[bars];
    Totals totals = new Totals();
    DurationHistogram durations = new DurationHistogram();
    for (int at = 0; at < steps.size(); at++) {
      RunStatistics.Step one = steps.get(at);
      completed[at / together] += one.completed;
      failed[at / together] += one.failed;
      canceled[at / together] += one.canceled;
      totals.add(one);
      durations.addAll(one.durations);
    }
    DispatchCounts counts = dispatcher.counts();
    boolean any = durations.count() > 0;
    return new Report(
        counts.pending(),
        counts.running(),
        counts.freeSlots(),
        store.oldestPending().map(job -> Times.utc(job.created())).orElse(null),
        Times.utc(start),
        start.getEpochSecond(),
        step * together,
        Arrays.stream(completed).boxed().toList(),
        Arrays.stream(failed).boxed().toList(),
        Arrays.stream(canceled).boxed().toList(),
        new Total(totals.completed, totals.failed, totals.canceled),
        any ? durations.quantile(0.5) / 1000 : null,
        any ? durations.quantile(0.95) / 1000 : null);
  }

  private static final class Totals {
    private long completed;
    private long failed;
    private long canceled;

    void add(RunStatistics.Step step) {
      completed += step.completed;
      failed += step.failed;
      canceled += step.canceled;
    }
  }

  /** How many runs ended in all the time that was asked for. */
  @Serdeable
  record Total(long completed, long failed, long canceled) {}

  /**
   * @param oldestPending when the oldest waiting job was accepted; null: none waits
   * @param start when the first bar begins
   * @param startEpoch the same in seconds since 1970
   * @param step the length of a bar in seconds
   * @param completed ends by bar, the oldest first
   * @param median of the time from start to end, in seconds; null: nothing ended
   */
  @Serdeable
  record Report(
      int pending,
      int running,
      @JsonProperty("free_slots") int freeSlots,
      @JsonProperty("oldest_pending") @Nullable String oldestPending,
      String start,
      @JsonProperty("start_epoch") long startEpoch,
      long step,
      List<Integer> completed,
      List<Integer> failed,
      List<Integer> canceled,
      Total total,
      @Nullable Double median,
      @Nullable Double p95) {}
}
