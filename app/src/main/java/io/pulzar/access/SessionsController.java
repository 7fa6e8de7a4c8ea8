package io.pulzar.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The browsers that are signed in. */
@OnMaster
@Controller("/access/sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(Rights.ADMINISTER)
final class SessionsController {

  /** Of a hash that names a session: it tells nothing of the cookie. */
  private static final int SHOWN = 16;

  private final AccessStore store;

  SessionsController(AccessStore store) {
    this.store = store;
  }

  /**
   * @param id what it is ended by
   * @param way how they signed in
   * @param seen to a minute
   * @param own whether it is that of this request
   */
  @Serdeable
  record View(String id, String user, String way, String created, String seen, boolean own) {}

  @Get
  HttpResponse<Envelope> list(
      HttpRequest<?> request,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable Integer limit) {
    Optional<String> own = Credential.of(request).map(Credential::hash);
    return NamedPage.of(after, limit)
        .answer(
            request,
            store.sessions(),
            SessionsController::id,
            session -> List.of(),
            session -> view(session, own));
  }

  @Delete(uri = "/{id}", consumes = MediaType.ALL)
  CompletionStage<Envelope> end(String id) {
    Session session =
        store.sessions().stream()
            .filter(known -> id(known).equals(id))
            .findFirst()
            .orElseThrow(
                () -> ApiException.notFound("session_not_found", "there is no session " + id));
    return store
        .endSession(session.hash())
        .thenApply(ended -> Envelope.ok(null, "session of " + session.user() + " ended"));
  }

  private static String id(Session session) {
    return session.hash().substring(0, SHOWN);
  }

  private static View view(Session session, Optional<String> own) {
    return new View(
        id(session),
        session.user(),
        session.way().name().toLowerCase(Locale.ROOT),
        Times.utc(session.created()),
        Times.utc(session.seen()),
        own.filter(session.hash()::equals).isPresent());
  }
}
