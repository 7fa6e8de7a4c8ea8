package io.pulzar.schedules;

import io.pulzar.settings.Setting;
import java.time.Duration;
import java.util.List;

/** What an operator can choose about schedules. */
public final class ScheduleSettingList {

  static final Setting<Misfire> MISFIRE =
      Setting.choice(
          "pulzar.schedules.misfire",
          Misfire.ONCE,
          "What becomes of due times that passed while the master was down: together one run, none,"
              + " or each its own.");
  static final Setting<Overlap> OVERLAP =
      Setting.choice(
          "pulzar.schedules.overlap",
          Overlap.QUEUE_ONE,
          "What becomes of a due time while the schedule's previous run goes on: one waits for its"
              + " end, it is left out, or it runs beside it.");
  static final Setting<Duration> JITTER =
      Setting.duration(
          "pulzar.schedules.jitter", "0s", "By how much runs are delayed at most, at random.");
  static final Setting<Duration> LATE_AFTER =
      Setting.duration(
          "pulzar.schedules.late-after",
          "30s",
          "With misfire skip, a due time that could not fire for so long counts as missed.");
  static final Setting<Integer> CATCH_UP =
      Setting.whole(
          "pulzar.schedules.catch-up",
          100,
          1,
          1_000,
          "With misfire all, how many missed runs a schedule makes up for; the newest count.");
  static final Setting<Integer> MOST =
      Setting.whole(
          "pulzar.schedules.most",
          100_000,
          1,
          10_000_000,
          "How many schedules there may be, those that are over not counted.");
  static final Setting<Integer> RUNS =
      Setting.whole(
          "pulzar.schedules.runs",
          100,
          1,
          100_000,
          "How many runs of each schedule are kept; the oldest go first. Their age is bounded by"
              + " pulzar.general.retention-policy, and their number in all by pulzar.jobs.history.");
  static final Setting<Integer> OVER =
      Setting.whole(
          "pulzar.schedules.over",
          10_000,
          0,
          1_000_000,
          "How many canceled and finished schedules are kept; those that were over first go first.");

  public static final List<Setting<?>> ALL =
      List.of(MISFIRE, OVERLAP, JITTER, LATE_AFTER, CATCH_UP, MOST, RUNS, OVER);

  private ScheduleSettingList() {}
}
