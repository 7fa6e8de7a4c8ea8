package io.pulzar.jobs;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.Scripts;
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

  JobListsController(
      JobRequests requests,
      JobHistory history,
      Scripts scripts,
      NodeRegistry nodes,
      Optional<JobSchedules> schedules) {
    this.requests = requests;
    this.history = history;
    this.scripts = scripts;
    this.nodes = nodes;
    this.schedules = schedules;
  }

  @Secured(Rights.VIEW)
  @Get("/jobs")
  Envelope jobs(@QueryValue @Nullable String limit) {
    int most = QueryNumbers.limit(limit);
    List<?> scheduled = schedules.<List<?>>map(all -> all.newest(most)).orElse(List.of());
    return Envelope.ok(
        new JobViews.Lists(
            history.pendings(most), history.completed(most), history.failed(most), scheduled));
  }

  @Secured(Rights.VIEW)
  @Get("/jobs/{id}")
  Envelope job(String id, @QueryValue @Nullable String filter) {
    JobRecord job = requests.existing(QueryNumbers.job(id));
    return Envelope.ok("state".equals(filter) ? JobViews.state(job) : history.details(job));
  }

  @Secured(Rights.VIEW)
  @Get("/all_jobs")
  Envelope all(@QueryValue @Nullable String limit) {
    return Envelope.ok(history.all(QueryNumbers.limit(limit)));
  }

  @Secured(Rights.VIEW)
  @Get("/job_catalog")
  Envelope catalog(@QueryValue(value = "nodes", defaultValue = "false") boolean withNodes) {
    List<String> online = nodes.online().stream().map(member -> member.facts().name()).toList();
    return Envelope.ok(
        scripts.list(online).stream().map(entry -> JobViews.script(entry, withNodes)).toList());
  }
}
