package io.pulzar.masters;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.Version;
import io.pulzar.settings.Settings;
import io.pulzar.storage.MasterServer;
import io.pulzar.storage.StorageEngine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code GET /admin/masters}: who leads, and who stands by. */
@OnMaster
@Controller("/admin/masters")
final class MastersController {

  private final StorageEngine storage;
  private final Settings settings;
  private final EmbeddedServer server;
  private final Instant started;

  MastersController(StorageEngine storage, Settings settings, EmbeddedServer server, Clock clock) {
    this.storage = storage;
    this.settings = settings;
    this.server = server;
    this.started = clock.instant();
  }

  /**
   * A master as clients see it.
   *
   * @param started UTC
   * @param silent milliseconds since its last sign of life
   */
  @Serdeable
  record Row(
      String url,
      boolean leader,
      String version,
      String started,
      @JsonProperty("silent_ms") long silent) {

    static Row of(MasterServer master) {
      return new Row(
          master.url(),
          master.leads(),
          master.version(),
          Times.utc(master.started()),
          master.silent().toMillis());
    }
  }

  @Get
  @Secured(Rights.VIEW)
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope masters() {
    List<MasterServer> masters =
        storage.election().map(election -> election.masters()).orElseGet(() -> List.of(onlyOne()));
    return Envelope.ok(masters.stream().map(Row::of).toList());
  }

  private MasterServer onlyOne() {
    return new MasterServer(
        MasterAddress.of(settings, server.getPort()).toString(),
        Version.CURRENT,
        true,
        started,
        Duration.ZERO);
  }
}
