package io.pulzar.schedules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When a schedule's runs are due, before any policy and any jitter. */
sealed interface Timing {

  /** The first due time later than {@code moment}, or empty when there is none any more. */
  Optional<Instant> nextAfter(Instant moment);

  /**
   * Every {@code count} units of elapsed time, the first one interval after the anchor. A day is 24
   * hours here: an interval knows no time zone, use a cron expression for a time of day.
   *
   * @param anchor the grid's origin, the moment the schedule was made
   */
  record Interval(Unit unit, long count, Instant anchor) implements Timing {

    Duration period() {
      return unit.length().multipliedBy(count);
    }

    @Override
    public Optional<Instant> nextAfter(Instant moment) {
      Duration elapsed = Duration.between(anchor, moment);
      long intervals = elapsed.isNegative() ? 1 : elapsed.dividedBy(period()) + 1;
      return Optional.of(anchor.plus(period().multipliedBy(intervals)));
    }
  }

  /** The units that the contract names. */
  enum Unit {
    MINUTES(Duration.ofMinutes(1)),
    HOURS(Duration.ofHours(1)),
    DAYS(Duration.ofDays(1)),
    WEEKS(Duration.ofDays(7));

    private final Duration length;

    Unit(Duration length) {
      this.length = length;
    }

    Duration length() {
      return length;
    }
  }

  /** The times of a cron expression, read on a clock on a wall of that zone. */
  record Cron(CronPattern pattern, ZoneId zone) implements Timing {

    @Override
    public Optional<Instant> nextAfter(Instant moment) {
      return new WallClock(zone).nextAfter(moment, pattern);
    }
  }

  /** Once. */
  record At(Instant time) implements Timing {

    @Override
    public Optional<Instant> nextAfter(Instant moment) {
      return time.isAfter(moment) ? Optional.of(time) : Optional.empty();
    }
  }
}
