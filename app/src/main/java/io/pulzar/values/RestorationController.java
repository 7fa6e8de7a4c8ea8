package io.pulzar.values;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnNode;
import java.util.Map;

/** {@code GET /admin/start_backup}, the original's name for it: registers all values again. */
@OnNode
@Controller
final class RestorationController {

  private final Restoration restoration;

  RestorationController(Restoration restoration) {
    this.restoration = restoration;
  }

  @Secured(Rights.ADMINISTER)
  @Get("/admin/start_backup")
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope start() {
    Restoration.Result result =
        restoration
            .run()
            .orElseThrow(
                () ->
                    ApiException.conflict(
                        "restore_running", "The values are being registered already; wait for it"));
    return Envelope.ok(
        Map.of("values", result.held(), "added", result.added()),
        "%d values registered, %d of them were new to the master"
            .formatted(result.held(), result.added()));
  }
}
