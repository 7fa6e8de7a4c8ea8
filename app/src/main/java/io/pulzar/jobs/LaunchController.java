package io.pulzar.jobs;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.RawPath;
import io.pulzar.http.WholeBody;
import io.pulzar.rights.Access;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.ScriptPath;
import io.pulzar.tracing.RequestTraces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** {@code POST /launch_job/…}, and what can be done to one job. */
@OnMaster
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class LaunchController {

  private static final String LAUNCH = "/launch_job/";

  private final JobRequests requests;
  private final JobHistory history;
  private final JobSettings settings;
  private final Optional<JobSchedules> schedules;
  private final Access access;
  private final JsonMapper json;
  private final ExecutorService threads;

  @Inject
  LaunchController(
      JobRequests requests,
      JobHistory history,
      JobSettings settings,
      Optional<JobSchedules> schedules,
      Access access,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.requests = requests;
    this.history = history;
    this.settings = settings;
    this.schedules = schedules;
    this.access = access;
    this.json = json;
    this.threads = threads;
  }

  @Secured(Rights.RUN)
  @Post(uri = LAUNCH + "{+path}", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<Envelope>> launch(
      ServerHttpRequest<?> request, @QueryValue @Nullable String wait) {
    String script = ScriptPath.parse(RawPath.tail(request, LAUNCH));
    Optional<Duration> waiting = QueryNumbers.wait(wait, settings.longestWait());
    Optional<String> idempotencyKey =
        Optional.ofNullable(request.getHeaders().get("Idempotency-Key"));
    return WholeBody.read(request, settings.parametersBytes(), Refusals::parametersTooLarge)
        .thenApply(sent -> LaunchBody.read(request, sent, json))
        .thenApply(body -> readable(body, access.of(request)))
        .thenCompose(
            body -> launch(script, body, waiting, idempotencyKey, RequestTraces.of(request)));
  }

  /** Whoever has a script work on a value must be able to read it. */
  private static LaunchBody readable(LaunchBody body, Identity sender) {
    body.data().ifPresent(key -> sender.requireData(Right.READ_DATA, key));
    return body;
  }

  private CompletionStage<HttpResponse<Envelope>> launch(
      String script,
      LaunchBody body,
      Optional<Duration> waiting,
      Optional<String> idempotencyKey,
      Optional<String> span) {
    if (body.scheduled().isPresent()) {
      if (waiting.isPresent()) {
        throw Refusals.nothingToWaitFor();
      }
      return schedule(script, body, idempotencyKey).thenApply(LaunchController::added);
    }
    Submission submission =
        requests.prepare(script, body.parameters(), body.data(), Optional.empty());
    CompletionStage<Long> id = requests.submit(submission, idempotencyKey, span);
    return waiting.isPresent()
        ? id.thenCompose(job -> answerWhenEnded(job, waiting.get()))
        : id.thenApply(LaunchController::added);
  }

  @Secured(Rights.OPERATE)
  @Post(uri = "/admin/jobs/{id}/cancel", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<Envelope>> cancel(String id) {
    long job = QueryNumbers.job(id);
    return requests
        .cancel(job)
        .thenApply(
            changed ->
                HttpResponse.ok(
                    Envelope.ok(JobViews.state(changed), "Job canceled with id " + job)));
  }

  @Secured(Rights.RUN)
  @Post(uri = "/admin/jobs/{id}/rerun", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<Envelope>> rerun(HttpRequest<?> request, String id) {
    return requests
        .rerun(QueryNumbers.job(id), RequestTraces.of(request))
        .thenApply(LaunchController::added);
  }

  private CompletionStage<HttpResponse<Envelope>> answerWhenEnded(long id, Duration waiting) {
    return requests
        .whenEnded(id, waiting)
        .thenApplyAsync(
            job -> {
              boolean ended = job.state() instanceof JobState.Ended;
              String message = ended ? "Job ended with id " + id : "Job with id " + id + " goes on";
              return HttpResponse.<Envelope>status(ended ? HttpStatus.OK : HttpStatus.ACCEPTED)
                  .body(Envelope.ok(history.details(job), message));
            },
            threads);
  }

  private CompletionStage<Long> schedule(
      String script, LaunchBody body, Optional<String> idempotencyKey) {
    Submission checked =
        requests.prepare(script, body.parameters(), Optional.empty(), Optional.empty());
    return schedules
        .orElseThrow(() -> ApiException.notAvailable("this server has no schedules"))
        .schedule(
            script,
            checked.parameters(),
            body.data(),
            body.scheduled().orElseThrow(),
            idempotencyKey);
  }

  private static HttpResponse<Envelope> added(long id) {
    return HttpResponse.ok(Envelope.ok(new JobViews.Launched(id), "Job added with id " + id));
  }
}
