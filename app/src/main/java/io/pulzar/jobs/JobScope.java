package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import io.pulzar.rights.ScriptScope;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.ScriptPath;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Routes about one script, or about one run of it. */
@OnMaster
@Singleton
final class JobScope implements ScriptScope {

  private static final String RUN = "/admin/jobs/";
  private static final List<String> SCRIPT = List.of("/launch_job/", "/admin/scripts/");

  private final JobStore store;

  JobScope(JobStore store) {
    this.store = store;
  }

  @Override
  public Optional<String> scriptOf(String path) {
    return ScriptScope.number(path, RUN)
        .flatMap(store::find)
        .map(job -> job.submission().path())
        .or(() -> named(path));
  }

  private static Optional<String> named(String path) {
    return SCRIPT.stream()
        .filter(path::startsWith)
        .findFirst()
        .flatMap(prefix -> parsed(path.substring(prefix.length())));
  }

  /** What is no script's path is refused by the route, with the reason. */
  private static Optional<String> parsed(String encoded) {
    try {
      return Optional.of(ScriptPath.parse(encoded));
    } catch (ApiException e) {
      return Optional.empty();
    }
  }
}
