package io.pulzar.schedules;

import static io.pulzar.schedules.ScheduleSettingList.CATCH_UP;
import static io.pulzar.schedules.ScheduleSettingList.JITTER;
import static io.pulzar.schedules.ScheduleSettingList.LATE_AFTER;
import static io.pulzar.schedules.ScheduleSettingList.MISFIRE;
import static io.pulzar.schedules.ScheduleSettingList.MOST;
import static io.pulzar.schedules.ScheduleSettingList.OVER;
import static io.pulzar.schedules.ScheduleSettingList.OVERLAP;
import static io.pulzar.schedules.ScheduleSettingList.RUNS;

import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The master's bounds for schedules.
 *
 * @param defaults the policies of a schedule that names none
 * @param most schedules that can still have a run
 * @param keptRuns runs of each schedule that are kept
 * @param keptOver canceled and finished schedules that are kept
 * @param age how long runs, and schedules that are over, are kept
 */
record ScheduleSettings(
    Policy defaults,
    ScheduleTransition.Rules rules,
    int most,
    int keptRuns,
    int keptOver,
    Duration age) {

  static ScheduleSettings of(Settings settings) {
    return new ScheduleSettings(
        new Policy(
            settings.get(MISFIRE), settings.get(OVERLAP), settings.get(JITTER), Optional.empty()),
        new ScheduleTransition.Rules(settings.get(LATE_AFTER), settings.get(CATCH_UP)),
        settings.get(MOST),
        settings.get(RUNS),
        settings.get(OVER),
        Duration.ofDays(settings.get(ServerSettings.RETENTION)));
  }
}
