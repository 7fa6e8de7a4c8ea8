package io.pulzar.jobs;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.pulzar.http.Envelope;
import io.pulzar.roles.OnMaster;
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
  private final ScriptCatalog catalog;
  private final Optional<JobSchedules> schedules;

  JobListsController(
      JobRequests requests,
      JobHistory history,
      ScriptCatalog catalog,
      Optional<JobSchedules> schedules) {
    this.requests = requests;
    this.history = history;
    this.catalog = catalog;
    this.schedules = schedules;
  }

  @Get("/jobs")
  Envelope jobs(@QueryValue @Nullable String limit) {
    int most = QueryNumbers.limit(limit);
    List<?> scheduled = schedules.<List<?>>map(all -> all.newest(most)).orElse(List.of());
    return Envelope.ok(
        new JobViews.Lists(
            history.pendings(most), history.completed(most), history.failed(most), scheduled));
  }

  @Get("/jobs/{id}")
  Envelope job(String id, @QueryValue @Nullable String filter) {
    JobRecord job = requests.existing(QueryNumbers.job(id));
    return Envelope.ok("state".equals(filter) ? JobViews.state(job) : history.details(job));
  }

  @Get("/all_jobs")
  Envelope all(@QueryValue @Nullable String limit) {
    return Envelope.ok(history.all(QueryNumbers.limit(limit)));
  }

  @Get("/job_catalog")
  Envelope catalog() {
    return Envelope.ok(catalog.list().stream().map(JobViews::script).toList());
  }
}
