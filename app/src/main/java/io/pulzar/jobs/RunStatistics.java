package io.pulzar.jobs;

import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobTables.EndKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How runs ended during the last days, by time: counted in memory as they end, so that asking costs
 * the same however many there were. What ended before the first question is read from the store
 * once, in steps.
 *
 * <p>Bounded: {@link #KEPT} in steps of {@link #STEP}, each under a kilobyte.
 */
final class RunStatistics {

  static final Duration STEP = Duration.ofMinutes(5);
  static final Duration KEPT = Duration.ofDays(7);

  private static final int AT_A_TIME = 2_000;

  /** Between a run's end and the news of it. */
  private static final Duration DELAY = Duration.ofSeconds(30);

  /** What ended during one step. */
  static final class Step {
    int completed;
    int failed;
    int canceled;
    final DurationHistogram durations = new DurationHistogram();

    void add(Ended ended) {
      switch (ended.end()) {
        case COMPLETED -> completed++;
        case FAILED -> failed++;
        case CANCELED -> canceled++;
      }
      ended.started().ifPresent(from -> durations.add(Duration.between(from, ended.at())));
    }
  }

  private final Database database;
  private final Clock clock;
  private final Map<Long, Step> steps = new HashMap<>();

  /** Those that ended while the store was read; null as soon as it has been. */
  private final List<JobRecord> meanwhile = new ArrayList<>();

  private boolean listening;
  private boolean read;

  RunStatistics(Database database, Clock clock, JobSignals signals) {
    this.database = database;
    this.clock = clock;
    signals.onEveryEnd(this::ended);
  }

  /** The steps from the one that holds {@code since} to now, the oldest first. */
  List<Step> steps(Instant since) {
    readOnce();
    long first = number(since);
    long last = number(clock.instant());
    synchronized (this) {
      List<Step> found = new ArrayList<>();
      for (long at = first; at <= last; at++) {
        found.add(steps.getOrDefault(at, NOTHING));
      }
      return found;
    }
  }

  /** The beginning of the step that holds a time. */
  static Instant start(Instant time) {
    return Instant.ofEpochSecond(number(time) * STEP.toSeconds());
  }

  private static final Step NOTHING = new Step();

  private static long number(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP.toSeconds());
  }

  /** Before the first question nobody is interested. */
  private synchronized void ended(JobRecord job) {
    if (read) {
      add(job);
    } else if (listening) {
      meanwhile.add(job);
    }
  }

  private void add(JobRecord job) {
    if (job.state() instanceof Ended ended) {
      long at = number(ended.at());
      if (!steps.containsKey(at)) {
        long oldest = number(clock.instant().minus(KEPT));
        steps.keySet().removeIf(step -> step < oldest);
      }
      steps.computeIfAbsent(at, step -> new Step()).add(ended);
    }
  }

  private synchronized void readOnce() {
    if (read) {
      return;
    }
    listening = true;
    Instant now = clock.instant();
    Set<Long> late = new HashSet<>();
    EndKey last = new EndKey(now.minus(KEPT), 0);
    List<JobRecord> page;
    do {
      EndKey after = last;
      page = database.read(tx -> page(tx, after));
      for (JobRecord job : page) {
        Instant at = ((Ended) job.state()).at();
        last = new EndKey(at, job.id());
        add(job);
        if (at.isAfter(now.minus(DELAY))) {
          late.add(job.id());
        }
      }
    } while (page.size() == AT_A_TIME);
    meanwhile.stream().filter(job -> !late.contains(job.id())).forEach(this::add);
    meanwhile.clear();
    read = true;
  }

  private static List<JobRecord> page(ReadTransaction tx, EndKey after) {
    List<JobRecord> page = new ArrayList<>();
    tx.scanKeys(
        JobTables.BY_END,
        Range.after(after),
        key -> {
          tx.getReadable(JobTables.JOBS, key.job())
              .filter(job -> job.state() instanceof Ended)
              .ifPresent(page::add);
          return page.size() < AT_A_TIME;
        });
    return page;
  }
}
