package io.pulzar.check;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import org.jspecify.annotations.Nullable;

/** {@code admin/check}: has everything read and compared; see {@link ConsistencyCheck}. */
@OnMaster
@Controller("/admin/check")
final class ConsistencyCheckController {

  private final ConsistencyChecks inspections;

  ConsistencyCheckController(ConsistencyChecks inspections) {
    this.inspections = inspections;
  }

  /**
   * Begins, and answers at once.
   *
   * @param fix whether what can be repaired is
   */
  @Secured(Rights.ADMINISTER)
  @Post
  Envelope start(@QueryValue(defaultValue = "false") boolean fix) {
    inspections.start(fix);
    return Envelope.ok(new Answer("running", null), "check started");
  }

  /** Whether one is under way, and what the last one found. */
  @Secured(Rights.ADMINISTER)
  @Get
  Envelope state() {
    ConsistencyChecks.State state = inspections.state();
    String word = state.running() ? "running" : state.failure().isPresent() ? "failed" : "ended";
    return Envelope.ok(new Answer(word, state.report().orElse(null)), state.failure().orElse(""));
  }

  /**
   * @param state running, ended or failed
   */
  @Serdeable
  record Answer(String state, @Nullable ConsistencyReport report) {}
}
