package io.pulzar.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The sequence of due times of one schedule: its timing, cut off at {@code until}, each time moved
 * by its share of the jitter.
 *
 * <p>A share is drawn from the schedule's id and the nominal time, so that it is the same whenever
 * it is computed. It never reaches the next nominal time: due times stay in order.
 */
record DueTimes(long scheduleId, Timing timing, Policy policy) {

  /** More due times than this are not counted one by one. */
  static final int MOST_COUNTED = 1_000;

  /** How far back the first look goes for the last due times of a long row. */
  private static final Duration FIRST_LOOK_BACK = Duration.ofSeconds(30);

  private static final int LOOK_FURTHER_BACK = 4;

  /**
   * Due times that have passed.
   *
   * @param newest the last of them, the oldest first
   * @param count how many there were in all; {@link #MOST_COUNTED} stands for that many or more
   */
  record Passed(Deque<Due> newest, int count) {}

  /** The first due time whose nominal time is later than {@code moment}. */
  Optional<Due> after(Instant moment) {
    return nominalAfter(moment).map(nominal -> new Due(nominal, nominal.plus(share(nominal))));
  }

  /**
   * What is due by {@code now}, from {@code first} on.
   *
   * <p>A schedule of every second that missed a month has millions of due times behind it: after
   * {@link #MOST_COUNTED} of them the rest are not stepped through. The newest are then found by
   * looking back from {@code now}, ever further, until they are enough.
   */
  Passed passed(Due first, Instant now, int mostNewest) {
    Deque<Due> newest = new ArrayDeque<>();
    int count = collect(first, now, mostNewest, MOST_COUNTED, newest);
    Due last = newest.peekLast();
    if (count < MOST_COUNTED || last == null) {
      return new Passed(newest, count);
    }
    Instant counted = last.nominal();
    Duration back = FIRST_LOOK_BACK;
    while (true) {
      Instant from = now.minus(back);
      boolean all = !from.isAfter(counted);
      Optional<Due> start = after(all ? counted : from);
      Deque<Due> found = new ArrayDeque<>();
      if (start.isPresent() && !start.get().at().isAfter(now)) {
        collect(start.get(), now, mostNewest, Integer.MAX_VALUE, found);
      }
      if (all) {
        newest.addAll(found);
        while (newest.size() > mostNewest) {
          newest.removeFirst();
        }
        return new Passed(newest, MOST_COUNTED);
      }
      if (found.size() == mostNewest) {
        return new Passed(found, MOST_COUNTED);
      }
      back = back.multipliedBy(LOOK_FURTHER_BACK);
    }
  }

  private int collect(Due first, Instant now, int mostNewest, int mostSteps, Deque<Due> newest) {
    int count = 0;
    Optional<Due> due = Optional.of(first);
    while (count < mostSteps && due.isPresent() && !due.get().at().isAfter(now)) {
      newest.addLast(due.get());
      if (newest.size() > mostNewest) {
        newest.removeFirst();
      }
      count++;
      due = after(due.get().nominal());
    }
    return count;
  }

  private Optional<Instant> nominalAfter(Instant moment) {
    return timing
        .nextAfter(moment)
        .filter(next -> policy.until().isEmpty() || !next.isAfter(policy.until().get()));
  }

  private Duration share(Instant nominal) {
    if (policy.jitter().isZero()) {
      return Duration.ZERO;
    }
    long most =
        timing
            .nextAfter(nominal)
            .map(next -> Duration.between(nominal, next).toMillis() - 1)
            .map(gap -> Math.min(gap, policy.jitter().toMillis()))
            .orElse(policy.jitter().toMillis());
    if (most <= 0) {
      return Duration.ZERO;
    }
    long seed = scheduleId * 0x9E3779B97F4A7C15L ^ nominal.toEpochMilli();
    return Duration.ofMillis(new SplittableRandom(seed).nextLong(most + 1));
  }
}
