package io.pulzar.jobs;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.http.ApiException;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Launches jobs for somebody, and tells of them: for capabilities that offer jobs in another form
 * than the routes here. The rights of who asks hold as they do there.
 *
 * <p>Threading: safe for any thread; {@link #find} and {@link #log} read the disk.
 */
public final class JobCalls {

  private final JobRequests requests;
  private final JobHistory history;
  private final JsonMapper json;
  private final long parametersBytes;

  JobCalls(JobRequests requests, JobHistory history, JsonMapper json, long parametersBytes) {
    this.requests = requests;
    this.history = history;
    this.json = json;
    this.parametersBytes = parametersBytes;
  }

  /**
   * A job as it is now.
   *
   * @param script its path
   * @param state {@code pending}, {@code running}, {@code completed}, {@code failed} or {@code
   *     canceled}
   * @param ended whether that is its last state
   * @param result what the script returned
   * @param output what it set as its output; empty: nothing
   * @param error why it failed
   * @param waiting why it can't start now
   */
  public record Told(
      long id,
      String script,
      String state,
      boolean ended,
      String created,
      Optional<String> started,
      Optional<String> endedAt,
      Optional<JsonNode> result,
      String output,
      Optional<String> error,
      Optional<String> waiting) {}

  /** The largest parameters of one job, in bytes. */
  public long parametersBytes() {
    return parametersBytes;
  }

  /**
   * Launches a script.
   *
   * @param parameters a JSON object
   * @param span where the span of the request stands
   * @return completes with the job's number once that is on the disk
   * @throws ApiException 403 when the caller may not; 404, 400, 413 or 429 when it can't be
   *     launched so
   */
  public CompletionStage<Long> launch(
      Identity caller, String script, String parameters, Optional<String> span) {
    caller.requireScript(Right.RUN, script);
    if (parameters.length() > parametersBytes) {
      throw Refusals.parametersTooLarge(parametersBytes);
    }
    LaunchBody body = LaunchBody.read(parameters, json);
    if (body.scheduled().isPresent()) {
      throw ApiException.badRequest(
          "bad_parameters", "this runs the script now; leave out 'scheduled'");
    }
    body.data().ifPresent(key -> caller.requireData(Right.READ_DATA, key));
    return requests.submit(
        requests.prepare(script, body.parameters(), body.data(), Optional.empty()),
        Optional.empty(),
        span);
  }

  /** Completes when a job ended, or after {@code limit}. */
  public CompletionStage<Boolean> whenEnded(long job, Duration limit) {
    return requests.whenEnded(job, limit).thenApply(now -> now.state() instanceof JobState.Ended);
  }

  /** A job of a script that the caller may see; empty when there is none of that number. */
  public Optional<Told> find(Identity caller, long job) {
    return requests
        .find(job)
        .filter(found -> caller.mayScript(Right.VIEW, found.submission().path()))
        .map(this::told);
  }

  /** What such a job has logged so far. */
  public Optional<String> log(Identity caller, long job) {
    return requests
        .find(job)
        .filter(found -> caller.mayScript(Right.VIEW, found.submission().path()))
        .map(found -> history.log(job));
  }

  private Told told(JobRecord job) {
    JobViews.Details details = history.details(job);
    return new Told(
        job.id(),
        details.jobPath(),
        details.state(),
        job.state() instanceof JobState.Ended,
        details.created(),
        Optional.ofNullable(details.started()),
        Optional.ofNullable(details.ended()),
        Optional.ofNullable(details.result()),
        details.output(),
        Optional.ofNullable(details.error()),
        Optional.ofNullable(details.waiting()));
  }
}
