package io.pulzar.schedules;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A clock on a wall, that is put forward and back when the zone's rules say so. It turns local
 * times into moments by the rule that docs/schedules.md states:
 *
 * <ul>
 *   <li>A pattern that names hours ({@code 30 2 * * *}) runs once for each of its local times. One
 *       that the clock skips runs at the moment the clock jumps, together with all others that were
 *       skipped; one that the clock shows twice runs the first time.
 *   <li>A pattern for every hour ({@code 5 * * * *}) runs whenever the clock shows one of its
 *       times: it goes on through an hour that is shown twice, and a skipped hour is no time.
 * </ul>
 *
 * <p>The first is what someone means who says "at half past two", the second what someone means who
 * says "every ten minutes"; cron(8) of Debian draws the same line.
 */
record WallClock(ZoneId zone) {

  /** The first moment later than {@code moment} at which the pattern is due. */
  Optional<Instant> nextAfter(Instant moment, CronPattern pattern) {
    return pattern.everyHour() ? asShown(moment, pattern) : onceForEach(moment, pattern);
  }

  /** The moment of one local time, by the rule for patterns that name hours. */
  Instant momentOf(LocalDateTime local) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition transition = rules.getTransition(local);
    if (transition == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return transition.isGap()
        ? transition.getInstant()
        : local.toInstant(transition.getOffsetBefore());
  }

  private Optional<Instant> onceForEach(Instant moment, CronPattern pattern) {
    Optional<LocalDateTime> local = pattern.nextAfter(lastShownFirstBy(moment));
    while (local.isPresent() && !momentOf(local.get()).isAfter(moment)) {
      local = pattern.nextAfter(local.get());
    }
    return local.map(this::momentOf);
  }

  /**
   * A local time such that no later one was due by {@code moment}, but for a second time's worth:
   * what the clock shows then or, while it shows an hour again, the end of that hour.
   */
  private LocalDateTime lastShownFirstBy(Instant moment) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(moment);
    LocalDateTime shown = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, offset);
    ZoneOffsetTransition transition = rules.getTransition(shown);
    boolean shownAgain =
        transition != null && transition.isOverlap() && offset.equals(transition.getOffsetAfter());
    return shownAgain ? transition.getDateTimeBefore().minusSeconds(1) : shown;
  }

  private Optional<Instant> asShown(Instant moment, CronPattern pattern) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(moment);
    LocalDateTime from = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, offset);
    Instant at = moment;
    while (true) {
      Optional<LocalDateTime> local = pattern.nextAfter(from);
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant candidate = local.get().toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(at);
      if (change == null || candidate.isBefore(change.getInstant())) {
        return Optional.of(candidate);
      }
      at = change.getInstant();
      offset = change.getOffsetAfter();
      from = change.getDateTimeAfter().minusSeconds(1);
    }
  }
}
