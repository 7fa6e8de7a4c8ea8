package io.pulzar.schedules;

import io.pulzar.http.Excerpt;
import io.pulzar.jobs.JobRuns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What clients read about schedules and their runs. */
final class ScheduleHistory {

  private final ScheduleStore store;
  private final JobRuns runs;

  ScheduleHistory(ScheduleStore store, JobRuns runs) {
    this.store = store;
    this.runs = runs;
  }

  /**
   * One schedule with its runs.
   *
   * @param limit of the ended runs
   * @throws io.pulzar.http.ApiException 404 when there is none
   */
  ScheduleViews.Details details(long id, int limit) {
    Schedule schedule = store.find(id).orElseThrow(() -> ScheduleRefusals.unknown(id));
    List<ScheduledRun> all = store.runs(id);
    int bytes = Excerpt.bytes(limit);
    return ScheduleViews.details(
        schedule,
        all.stream().flatMap(run -> ended(run, bytes)).limit(limit).toList(),
        all.stream().filter(run -> run.end().isEmpty()).map(ScheduledRun::job).toList());
  }

  /** Runs of all schedules that ended so, the last one first. */
  List<ScheduleViews.ListedRun> ended(ScheduledRun.Result result, int limit) {
    int bytes = Excerpt.bytes(limit);
    return store.ended(result, limit).stream().flatMap(run -> listed(run, bytes)).toList();
  }

  private Stream<ScheduleViews.Run> ended(ScheduledRun run, int bytes) {
    return run.end().stream()
        .flatMap(
            end ->
                runs.result(run.job(), bytes).stream()
                    .map(result -> ScheduleViews.run(run, end, result)));
  }

  private Stream<ScheduleViews.ListedRun> listed(ScheduledRun run, int bytes) {
    Optional<Schedule> schedule = store.find(run.key().schedule());
    Optional<JobRuns.RunResult> result = runs.result(run.job(), bytes);
    return schedule.isPresent() && result.isPresent()
        ? run.end().stream()
            .map(end -> ScheduleViews.listed(schedule.get(), run, end.at(), result.get(), bytes))
        : Stream.empty();
  }
}
