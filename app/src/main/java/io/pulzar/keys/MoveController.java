package io.pulzar.keys;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.util.Optional;

/** {@code admin/values/move}: has values brought to where new ones are; see {@link MoveRounds}. */
@OnMaster
@Controller("/admin/values/move")
final class MoveController {

  private final Optional<MoveRounds> rounds;

  MoveController(Optional<MoveRounds> rounds) {
    this.rounds = rounds;
  }

  /**
   * Begins, and answers at once.
   *
   * @param node only values that this node has; absent: all
   */
  @Secured(Rights.ADMINISTER)
  @Post(consumes = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope begin(@QueryValue(defaultValue = "") String node) {
    there().begin(node);
    return Envelope.ok(there().report(), "values are moved");
  }

  /** How far it is, or what the last one came to. */
  @Secured(Rights.ADMINISTER)
  @Get
  Envelope report() {
    return Envelope.ok(there().report(), "");
  }

  /** Ends it. */
  @Secured(Rights.ADMINISTER)
  @Delete
  @ExecuteOn(TaskExecutors.BLOCKING)
  Envelope end() {
    there().end();
    return Envelope.ok(there().report(), "no values are moved any more");
  }

  private MoveRounds there() {
    return rounds.orElseThrow(
        () ->
            ApiException.conflict(
                "no_bucket",
                "All values are on the disks of nodes, and pulzar.values is not set: there is"
                    + " nowhere to move them to"));
  }
}
