package io.pulzar.records;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.util.Map;

/** {@code /admin/records}: who has what, and whether the copies are equal. */
@OnMaster
@Controller("/admin/records")
final class RecordsAdminController {

  private final RecordReports reports;
  private final RecordStore store;
  private final Receivers receivers;

  RecordsAdminController(RecordReports reports, RecordStore store, Receivers receivers) {
    this.reports = reports;
    this.store = store;
    this.receivers = receivers;
  }

  @Secured(Rights.VIEW)
  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope report() {
    return Envelope.ok(reports.report());
  }

  /** Reads all records again, and has the receivers compared. */
  @Secured(Rights.OPERATE)
  @Post("/verify")
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope verify() {
    int wrong = store.verify();
    receivers.compareSoon();
    return Envelope.ok(
        Map.of("wrong_ranges", wrong, "receivers", receivers.conditions().size()),
        wrong == 0 ? "the hashes fit the records" : wrong + " hashes were made anew");
  }
}
