package io.pulzar.schedules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * One schedule and what happens around it, with a model that goes through it minute by minute and
 * knows nothing of due times but the calendar.
 *
 * @param up for each minute whether the master is up
 * @param minutesOfRun how long the n-th run takes, taken in turn
 */
record ModelCase(
    CronModel calendar, Policy policy, long runs, BitSet up, List<Integer> minutesOfRun) {

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  static final ScheduleTransition.Rules RULES =
      new ScheduleTransition.Rules(Duration.ofSeconds(30), 5);
  static final int MINUTES = 90 * 1440;

  static ModelCase draw(Random random, Misfire misfire) {
    return draw(random, misfire, outages(random));
  }

  /** For each minute whether the master is up. */
  static BitSet outages(Random random) {
    BitSet up = new BitSet(MINUTES);
    int longestOutage = random.nextBoolean() ? 90 : 9_000;
    for (int minute = 0; minute < MINUTES; ) {
      for (int end = minute + random.nextInt(20_000); minute < Math.min(end, MINUTES); minute++) {
        up.set(minute);
      }
      minute += random.nextInt(longestOutage);
    }
    return up;
  }

  static ModelCase draw(Random random, Misfire misfire, BitSet up) {
    CronModel any = CronModel.random(random);
    CronModel calendar =
        new CronModel(Set.of(0), any.minutes(), any.hours(), any.days(), any.weekdays());
    Overlap overlap = List.of(Overlap.values()).get(random.nextInt(3));
    Optional<Instant> until =
        random.nextInt(4) == 0
            ? Optional.of(START.plus(Duration.ofMinutes(MINUTES / 2 + random.nextInt(9_000))))
            : Optional.empty();
    long runs = random.nextInt(4) == 0 ? 1 + random.nextInt(200) : Schedule.FOR_EVER;
    List<Integer> minutesOfRun =
        random.ints(50, 1, random.nextBoolean() ? 5 : 300).boxed().toList();
    return new ModelCase(
        calendar, new Policy(misfire, overlap, Duration.ZERO, until), runs, up, minutesOfRun);
  }

  /** As the product takes it. */
  Plan plan() {
    Timing timing = new Timing.Cron(CronPattern.parse(calendar.text()), ZoneOffset.UTC);
    return new Plan(timing, policy, runs);
  }

  /** Minute and due time of each start, and whether the schedule finished. */
  List<String> model() {
    List<String> events = new ArrayList<>();
    List<Instant> due = new ArrayList<>();
    List<Instant> queue = new ArrayList<>();
    PriorityQueue<Integer> ends = new PriorityQueue<>();
    long left = runs;
    int lastDue = lastDue();
    boolean finished = false;
    int started = 0;
    for (int minute = 1; minute < MINUTES; minute++) {
      Instant now = START.plus(Duration.ofMinutes(minute));
      boolean inTime = policy.until().map(end -> !now.isAfter(end)).orElse(true);
      if (inTime && calendar.fits(LocalDateTime.ofInstant(now, ZoneOffset.UTC))) {
        due.add(now);
      }
      if (!up.get(minute)) {
        continue;
      }
      List<Instant> starts = new ArrayList<>();
      while (!ends.isEmpty() && ends.element() <= minute) {
        ends.remove();
        if (ends.isEmpty() && !queue.isEmpty()) {
          starts.add(queue.removeFirst());
          ends.add(minute + minutesOfRun.get(started++ % minutesOfRun.size()));
        }
      }
      List<Instant> wanted = new ArrayList<>(due);
      due.clear();
      if (policy.misfire() == Misfire.SKIP && !wanted.isEmpty() && !wanted.getLast().equals(now)) {
        wanted.clear();
      }
      int most = policy.misfire() == Misfire.ALL ? RULES.mostCaughtUp() : 1;
      while (wanted.size() > most) {
        wanted.removeFirst();
      }
      boolean queueWasEmpty = queue.isEmpty();
      long mayStart = left;
      for (Instant time : wanted) {
        if (mayStart-- <= 0) {
          break;
        }
        boolean busy = !ends.isEmpty() || !queue.isEmpty();
        if (!busy || policy.overlap() == Overlap.ALLOW) {
          starts.add(time);
          ends.add(minute + minutesOfRun.get(started++ % minutesOfRun.size()));
          left--;
        } else if (policy.overlap() == Overlap.QUEUE_ONE && queueWasEmpty) {
          queue.add(time);
          left--;
        }
      }
      starts.forEach(time -> events.add(now + " starts " + time));
      finished |= left <= 0 || minute >= lastDue;
    }
    events.add("finished: " + finished);
    return events;
  }

  /** The minute of the last due time, which only {@code until} makes one. */
  private int lastDue() {
    if (policy.until().isEmpty()) {
      return Integer.MAX_VALUE;
    }
    Instant time = policy.until().get();
    while (time.isAfter(START) && !calendar.fits(LocalDateTime.ofInstant(time, ZoneOffset.UTC))) {
      time = time.minusSeconds(60);
    }
    return (int) Duration.between(START, time).toMinutes();
  }
}
