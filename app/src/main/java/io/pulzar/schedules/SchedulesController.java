package io.pulzar.schedules;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.Envelope;
import io.pulzar.jobs.QueryNumbers;
import io.pulzar.rights.Access;
import io.pulzar.rights.Rights;
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
  private final Access access;

  SchedulesController(Schedules schedules, ScheduleHistory history, Access access) {
    this.schedules = schedules;
    this.history = history;
    this.access = access;
  }

  @Secured(Rights.VIEW)
  @Get(ALL)
  Envelope list(HttpRequest<?> request, @QueryValue @Nullable String limit) {
    return Envelope.ok(access.of(request).visible(schedules.newest(QueryNumbers.limit(limit))));
  }

  @Secured(Rights.VIEW)
  @Get(ONE)
  Envelope details(String id, @QueryValue @Nullable String limit) {
    return Envelope.ok(history.details(id(id), QueryNumbers.limit(limit)));
  }

  @Secured(Rights.VIEW)
  @Get(ALL + "/ok")
  Envelope ok(HttpRequest<?> request, @QueryValue @Nullable String limit) {
    return ended(request, ScheduledRun.Result.OK, limit);
  }

  @Secured(Rights.VIEW)
  @Get(ALL + "/failed")
  Envelope failed(HttpRequest<?> request, @QueryValue @Nullable String limit) {
    return ended(request, ScheduledRun.Result.FAILED, limit);
  }

  private Envelope ended(
      HttpRequest<?> request, ScheduledRun.Result result, @Nullable String limit) {
    return Envelope.ok(
        access.of(request).visible(history.ended(result, QueryNumbers.limit(limit))));
  }

  /** When a schedule would run that is not made: the query is what {@code scheduled} would be. */
  @Secured(Rights.VIEW)
  @Get(ALL + "/preview")
  Envelope preview(HttpRequest<?> request) {
    Map<String, String> plan = new LinkedHashMap<>();
    request
        .getParameters()
        .names()
        .forEach(name -> plan.put(name, request.getParameters().get(name)));
    return Envelope.ok(ScheduleViews.preview(schedules.preview(plan)));
  }

  @Secured(Rights.OPERATE)
  @Post(uri = "/cancel_job/{id}", consumes = MediaType.ALL)
  CompletionStage<Envelope> cancel(String id) {
    return answer(schedules.cancel(id(id)), "Job canceled with id ");
  }

  @Secured(Rights.OPERATE)
  @Post(uri = ONE + "/cancel", consumes = MediaType.ALL)
  CompletionStage<Envelope> cancelSchedule(String id) {
    return cancel(id);
  }

  @Secured(Rights.OPERATE)
  @Post(uri = ONE + "/pause", consumes = MediaType.ALL)
  CompletionStage<Envelope> pause(String id) {
    return answer(schedules.pause(id(id)), "Job paused with id ");
  }

  @Secured(Rights.OPERATE)
  @Post(uri = ONE + "/resume", consumes = MediaType.ALL)
  CompletionStage<Envelope> resume(String id) {
    return answer(schedules.resume(id(id)), "Job resumed with id ");
  }

  @Secured(Rights.RUN)
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
