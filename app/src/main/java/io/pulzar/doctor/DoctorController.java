package io.pulzar.doctor;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.WorkerSettings;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.util.List;
import java.util.stream.Stream;

/** {@code GET /admin/doctor}: what {@code pulzar doctor} says, of the server that runs. */
@OnMaster
@Controller("/admin/doctor")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DoctorController {

  private final Settings settings;
  private final PythonRuntime python;

  DoctorController(Settings settings, PythonRuntime python) {
    this.settings = settings;
    this.python = python;
  }

  /**
   * What was found out about one thing.
   *
   * @param grade {@code good}, {@code poor} or {@code bad}
   * @param cure empty when there is nothing to do
   */
  @Serdeable
  record Row(String grade, String subject, String detail, String cure) {}

  @Get
  @Secured(Rights.ADMINISTER)
  Envelope look() {
    Machine machine = new Machine(settings);
    PythonWorkers workers = new PythonWorkers(() -> python);
    List<Row> rows =
        Stream.of(
                machine.java(),
                machine.system(),
                machine.storage(),
                Buckets.look(settings),
                machine.disk(),
                machine.scripts("jobs", ServerSettings.JOBS_DIR),
                machine.scripts("extensions", ServerSettings.EXTENSIONS_DIR),
                Languages.in(WorkerSettings.languages(settings)),
                JdbcDrivers.in(WorkerSettings.drivers(settings)),
                workers.lookAt(python, "workers run"),
                workers.wall(),
                workers.cpython(),
                workers.python2())
            .map(
                finding ->
                    new Row(finding.word(), finding.subject(), finding.detail(), finding.cure()))
            .toList();
    return Envelope.ok(rows);
  }
}
