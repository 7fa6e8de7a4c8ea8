package io.pulzar.jobs;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.Envelope;
import io.pulzar.http.Excerpt;
import io.pulzar.rights.Access;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.Scripts;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /admin/jobs} and the other lists. */
@OnMaster
@Controller("/admin")
@ExecuteOn(TaskExecutors.BLOCKING)
final class JobListsController {

  private final JobRequests requests;
  private final JobHistory history;
  private final Scripts scripts;
  private final NodeRegistry nodes;
  private final Optional<JobSchedules> schedules;
  private final Access access;

  JobListsController(
      JobRequests requests,
      JobHistory history,
      Scripts scripts,
      NodeRegistry nodes,
      Optional<JobSchedules> schedules,
      Access access) {
    this.requests = requests;
    this.history = history;
    this.scripts = scripts;
    this.nodes = nodes;
    this.schedules = schedules;
    this.access = access;
  }

  @Secured(Rights.VIEW)
  @Get("/jobs")
  Envelope jobs(HttpRequest<?> request, @QueryValue @Nullable String limit) {
    int most = QueryNumbers.limit(limit);
    Identity viewer = access.of(request);
    List<?> scheduled =
        schedules.<List<?>>map(all -> viewer.visible(all.newest(most))).orElse(List.of());
    return Envelope.ok(
        new JobViews.Lists(
            viewer.visible(history.pendings(most)),
            viewer.visible(history.completed(most)),
            viewer.visible(history.failed(most)),
            scheduled));
  }

  @Secured(Rights.VIEW)
  @Get("/jobs/{id}")
  Envelope job(
      String id,
      @QueryValue @Nullable String filter,
      @QueryValue(value = "log", defaultValue = "true") boolean withLog) {
    JobRecord job = requests.existing(QueryNumbers.job(id));
    return Envelope.ok(
        "state".equals(filter) ? JobViews.status(job) : history.details(job, withLog));
  }

  /** The output alone, as text. */
  @Secured(Rights.VIEW)
  @Get(value = "/jobs/{id}/output", produces = "text/plain; charset=utf-8")
  String output(String id) {
    return history.output(requests.existing(QueryNumbers.job(id)).id());
  }

  /** The header {@code Link} names the next page where there may be one. */
  @Secured(Rights.VIEW)
  @Get("/all_jobs")
  HttpResponse<Envelope> all(HttpRequest<?> request, @QueryValue @Nullable String limit) {
    HttpParameters query = request.getParameters();
    RunFilter filter =
        RunFilter.of(
            query.get("state"),
            query.get("script"),
            query.get("node"),
            query.get("schedule"),
            query.get("since"),
            query.get("until"),
            query.get("text"),
            query.get("after"));
    JobHistory.FoundRuns found = history.find(filter, QueryNumbers.limit(limit));
    MutableHttpResponse<Envelope> answer =
        HttpResponse.ok(Envelope.ok(access.of(request).visible(found.runs())));
    found.next().ifPresent(next -> answer.header(HttpHeaders.LINK, nextPage(request, next)));
    return answer;
  }

  private static String nextPage(HttpRequest<?> request, long next) {
    URI uri = UriBuilder.of(request.getUri()).replaceQueryParam("after", next).build();
    return "<" + uri.getRawPath() + "?" + uri.getRawQuery() + ">; rel=\"next\"";
  }

  @Secured(Rights.VIEW)
  @Get("/job_catalog")
  Envelope catalog(
      HttpRequest<?> request,
      @QueryValue(value = "nodes", defaultValue = "false") boolean withNodes) {
    List<String> online = nodes.online().stream().map(member -> member.facts().name()).toList();
    List<Scripts.Entry> all = scripts.list(online);
    int bytes = Excerpt.bytes(all.size());
    return Envelope.ok(
        access
            .of(request)
            .visible(all.stream().map(entry -> JobViews.script(entry, withNodes, bytes)).toList()));
  }
}
