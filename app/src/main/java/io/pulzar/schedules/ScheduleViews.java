package io.pulzar.schedules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Excerpt;
import io.pulzar.http.Times;
import io.pulzar.jobs.JobRuns.RunResult;
import io.pulzar.rights.OfScript;
import io.pulzar.settings.DurationText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Schedules as clients see them. Absent texts are {@code na}, as in the original; absent times
 * null.
 */
final class ScheduleViews {

  private static final String ABSENT = "na";

  private ScheduleViews() {}

  /**
   * One line of a list.
   *
   * @param parameters their beginning; {@code admin/scheduled_jobs/{id}} has all
   * @param parametersCut whether there are more
   * @param interval {@code na} when the schedule has a cron expression or one moment
   * @param repeat 1 for ever, 0 once, n times
   */
  @Serdeable
  record Row(
      @JsonProperty("job_id") long jobId,
      @JsonProperty("job_name") String jobName,
      @JsonProperty("job_path") String jobPath,
      String parameters,
      @JsonProperty("parameters_cut") boolean parametersCut,
      @JsonProperty("creation_time") String creationTime,
      String interval,
      @JsonProperty("time_unit") Object timeUnit,
      long repeat,
      @JsonProperty("next_execution") @Nullable String nextExecution,
      String state,
      @Nullable String cron,
      @Nullable String timezone,
      @Nullable String at)
      implements OfScript {}

  /**
   * Everything about one schedule.
   *
   * @param running jobs of the runs under way
   * @param waiting due times that wait for the end of one
   */
  @Serdeable
  record Details(
      String job,
      @JsonProperty("job_path") String jobPath,
      @JsonProperty("job_name") String jobName,
      @JsonProperty("next_execution") @Nullable String nextExecution,
      String state,
      String creation,
      @JsonProperty("last_executions") List<Run> lastExecutions,
      String parameters,
      String interval,
      @JsonProperty("time_unit") Object timeUnit,
      long repeat,
      @Nullable String cron,
      @Nullable String timezone,
      @Nullable String at,
      String misfire,
      String overlap,
      String jitter,
      @Nullable String until,
      @JsonProperty("runs_left") @Nullable Long runsLeft,
      List<Long> running,
      List<String> waiting,
      Counted counts) {}

  /** What became of the due times so far. */
  @Serdeable
  record Counted(long runs, long missed, long overlapped) {}

  /**
   * One ended run.
   *
   * @param execId the job that ran it, for {@code admin/jobs}, which has the whole log and output
   * @param log its beginning
   * @param logCut whether there is more
   * @param datetime when it ended
   */
  @Serdeable
  record Run(
      @JsonProperty("exec_id") long execId,
      String state,
      String log,
      @JsonProperty("log_cut") boolean logCut,
      String output,
      @JsonProperty("output_cut") boolean outputCut,
      String datetime,
      String due,
      @Nullable String error) {}

  /** One line of the lists {@code ok} and {@code failed}. */
  @Serdeable
  record ListedRun(
      @JsonProperty("exec_id") long execId,
      @JsonProperty("job_id") long jobId,
      @JsonProperty("job_name") String jobName,
      @JsonProperty("job_path") String jobPath,
      String parameters,
      @JsonProperty("parameters_cut") boolean parametersCut,
      String creation,
      String interval,
      @JsonProperty("time_unit") Object timeUnit,
      String log,
      @JsonProperty("log_cut") boolean logCut,
      String output,
      @JsonProperty("output_cut") boolean outputCut,
      String datetime,
      String due,
      @JsonProperty("next_execution") @Nullable String nextExecution,
      @Nullable String error)
      implements OfScript {}

  /** The first times at which a schedule would run. */
  @Serdeable
  record Preview(List<String> next) {}

  static Preview preview(List<Instant> times) {
    return new Preview(times.stream().map(Times::utc).toList());
  }

  /** Only what a change is about. */
  @Serdeable
  record Changed(
      @JsonProperty("job_id") long jobId,
      String state,
      @JsonProperty("next_execution") @Nullable String nextExecution) {}

  /**
   * @param bytes of the parameters at most
   */
  static Row row(Schedule schedule, int bytes) {
    JobTemplate work = schedule.work();
    Excerpt parameters = Excerpt.of(work.shownParameters(), bytes);
    return new Row(
        schedule.id(),
        work.name(),
        work.path(),
        parameters.text(),
        parameters.cut(),
        Times.utc(schedule.created()),
        interval(schedule.timing()),
        timeUnit(schedule.timing()),
        repeat(schedule.plan()),
        nextExecution(schedule),
        word(schedule.state()),
        cron(schedule.timing()),
        timezone(schedule.timing()),
        at(schedule.timing()));
  }

  /**
   * @param ended runs with what they left, the newest first
   */
  static Details details(Schedule schedule, List<Run> ended, List<Long> running) {
    JobTemplate work = schedule.work();
    Policy policy = schedule.policy();
    return new Details(
        Long.toString(schedule.id()),
        work.path(),
        work.name(),
        nextExecution(schedule),
        word(schedule.state()),
        Times.utc(schedule.created()),
        ended,
        work.shownParameters(),
        interval(schedule.timing()),
        timeUnit(schedule.timing()),
        repeat(schedule.plan()),
        cron(schedule.timing()),
        timezone(schedule.timing()),
        at(schedule.timing()),
        word(policy.misfire()),
        word(policy.overlap()),
        DurationText.format(policy.jitter()),
        policy.until().map(Times::utc).orElse(null),
        schedule.runsLeft() == Schedule.FOR_EVER ? null : schedule.runsLeft(),
        running,
        schedule.waiting().stream().map(due -> Times.utc(due.nominal())).toList(),
        new Counted(
            schedule.counts().runs(), schedule.counts().missed(), schedule.counts().overlapped()));
  }

  static Run run(ScheduledRun run, ScheduledRun.End end, RunResult result) {
    return new Run(
        run.job(),
        word(end.result()),
        result.log().text(),
        result.log().cut(),
        result.output().text(),
        result.output().cut(),
        Times.utc(end.at()),
        Times.utc(run.due()),
        result.error().orElse(null));
  }

  static ListedRun listed(
      Schedule schedule, ScheduledRun run, Instant ended, RunResult result, int bytes) {
    Excerpt parameters = Excerpt.of(schedule.work().shownParameters(), bytes);
    return new ListedRun(
        run.job(),
        schedule.id(),
        schedule.work().name(),
        schedule.work().path(),
        parameters.text(),
        parameters.cut(),
        Times.utc(schedule.created()),
        interval(schedule.timing()),
        timeUnit(schedule.timing()),
        result.log().text(),
        result.log().cut(),
        result.output().text(),
        result.output().cut(),
        Times.utc(ended),
        Times.utc(run.due()),
        nextExecution(schedule),
        result.error().orElse(null));
  }

  static Changed changed(Schedule schedule) {
    return new Changed(schedule.id(), word(schedule.state()), nextExecution(schedule));
  }

  private static String interval(Timing timing) {
    return timing instanceof Timing.Interval interval ? word(interval.unit()) : ABSENT;
  }

  private static Object timeUnit(Timing timing) {
    return timing instanceof Timing.Interval interval ? interval.count() : ABSENT;
  }

  private static @Nullable String cron(Timing timing) {
    return timing instanceof Timing.Cron cron ? cron.pattern().toString() : null;
  }

  private static @Nullable String timezone(Timing timing) {
    return timing instanceof Timing.Cron cron ? cron.zone().getId() : null;
  }

  private static @Nullable String at(Timing timing) {
    return timing instanceof Timing.At at ? Times.utc(at.time()) : null;
  }

  private static long repeat(Plan plan) {
    return plan.runs() == Schedule.FOR_EVER ? 1 : plan.runs() == 1 ? 0 : plan.runs();
  }

  private static @Nullable String nextExecution(Schedule schedule) {
    return Optional.of(schedule)
        .flatMap(Schedule::next)
        .map(due -> Times.utc(due.at()))
        .orElse(null);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
