package io.pulzar.schedules;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.pulzar.http.Envelope;
import io.pulzar.jobs.QueryNumbers;
import io.pulzar.roles.OnMaster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /admin/scheduled_jobs} and {@code POST /cancel_job/{id}}. */
@OnMaster
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SchedulesController {

  private static final String ALL = "/admin/scheduled_jobs";
  private static final String ONE = ALL + "/{id}";

  private final Schedules schedules;
  private final ScheduleHistory history;

  SchedulesController(Schedules schedules, ScheduleHistory history) {
    this.schedules = schedules;
    this.history = history;
  }

  @Get(ALL)
  Envelope list(@QueryValue @Nullable String limit) {
    return Envelope.ok(schedules.newest(QueryNumbers.limit(limit)));
  }

  @Get(ONE)
  Envelope details(String id, @QueryValue @Nullable String limit) {
    return Envelope.ok(history.details(id(id), QueryNumbers.limit(limit)));
  }

  @Get(ALL + "/ok")
  Envelope ok(@QueryValue @Nullable String limit) {
    return Envelope.ok(history.ended(ScheduledRun.Result.OK, QueryNumbers.limit(limit)));
  }

  @Get(ALL + "/failed")
  Envelope failed(@QueryValue @Nullable String limit) {
    return Envelope.ok(history.ended(ScheduledRun.Result.FAILED, QueryNumbers.limit(limit)));
  }

  /** When a schedule would run that is not made: the query is what {@code scheduled} would be. */
  @Get(ALL + "/preview")
  Envelope preview(HttpRequest<?> request) {
    Map<String, String> plan = new LinkedHashMap<>();
    request
        .getParameters()
        .names()
        .forEach(name -> plan.put(name, request.getParameters().get(name)));
    return Envelope.ok(ScheduleViews.preview(schedules.preview(plan)));
  }

  @Post(uri = "/cancel_job/{id}", consumes = MediaType.ALL)
  CompletionStage<Envelope> cancel(String id) {
    return answer(schedules.cancel(id(id)), "Job canceled with id ");
  }

  @Post(uri = ONE + "/cancel", consumes = MediaType.ALL)
  CompletionStage<Envelope> cancelSchedule(String id) {
    return cancel(id);
  }

  @Post(uri = ONE + "/pause", consumes = MediaType.ALL)
  CompletionStage<Envelope> pause(String id) {
    return answer(schedules.pause(id(id)), "Job paused with id ");
  }

  @Post(uri = ONE + "/resume", consumes = MediaType.ALL)
  CompletionStage<Envelope> resume(String id) {
    return answer(schedules.resume(id(id)), "Job resumed with id ");
  }

  @Post(uri = ONE + "/run", consumes = MediaType.ALL)
  CompletionStage<Envelope> run(String id) {
    return answer(schedules.runNow(id(id)), "Job started with id ");
  }

  private static CompletionStage<Envelope> answer(CompletionStage<Schedule> done, String message) {
    return done.thenApply(
        schedule -> Envelope.ok(ScheduleViews.changed(schedule), message + schedule.id()));
  }

  /** What cannot be a schedule's id is unknown. */
  private static long id(String text) {
    if (text.matches("\\d{1,18}")) {
      return Long.parseLong(text);
    }
    throw ScheduleRefusals.unknown(text);
  }
}
