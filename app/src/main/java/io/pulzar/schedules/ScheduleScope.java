package io.pulzar.schedules;

import io.pulzar.rights.ScriptScope;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Routes about one schedule belong to the script that it runs. */
@OnMaster
@Singleton
final class ScheduleScope implements ScriptScope {

  private final ScheduleStore store;

  ScheduleScope(ScheduleStore store) {
    this.store = store;
  }

  @Override
  public Optional<String> scriptOf(String path) {
    return ScriptScope.number(path, "/admin/scheduled_jobs/")
        .or(() -> ScriptScope.number(path, "/cancel_job/"))
        .flatMap(store::find)
        .map(schedule -> schedule.work().path());
  }
}
