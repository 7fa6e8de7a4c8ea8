package io.pulzar.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the scripts of a folder and the groups of a provider may do. */
@OnMaster
@Controller("/access/grants")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(Rights.ADMINISTER)
final class GrantsController {

  /** Each call of a script looks at all of them. */
  private static final int MOST = 1_000;

  private final GrantStore store;

  GrantsController(GrantStore store) {
    this.store = store;
  }

  /**
   * @param subject as {@code folder:finance/**} or {@code group:finance}
   */
  @Serdeable
  record View(String subject, List<String> grants, String changed) {

    static View of(SubjectGrants held) {
      return new View(
          held.subject().toString(), GrantTexts.of(held.grants()), Times.utc(held.changed()));
    }
  }

  @Serdeable
  record Wish(@Nullable String subject, @Nullable List<String> grants) {}

  @Get
  HttpResponse<Envelope> list(
      HttpRequest<?> request,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable Integer limit) {
    return NamedPage.of(after, limit)
        .answer(
            request,
            store.all(),
            held -> held.subject().toString(),
            SubjectGrants::grants,
            View::of);
  }

  /** Says what a subject may do, in place of what was said before. */
  @Put
  CompletionStage<Envelope> put(@Body Wish wish) {
    Subject subject = subject(wish.subject());
    List<SubjectGrants> known = store.all();
    if (known.size() >= MOST && known.stream().noneMatch(held -> held.subject().equals(subject))) {
      throw ApiException.conflict(
          "too_many_subjects", "there are " + MOST + " subjects already: remove some");
    }
    return store
        .put(subject, GrantTexts.parse(wish.grants()))
        .thenApply(held -> Envelope.ok(View.of(held), "grants of " + subject + " set"));
  }

  @Delete(consumes = MediaType.ALL)
  CompletionStage<Envelope> remove(@QueryValue @Nullable String subject) {
    Subject named = subject(subject);
    return store
        .remove(named)
        .thenApply(
            removed -> {
              if (!removed) {
                throw ApiException.notFound("subject_not_found", named + " has no grants");
              }
              return Envelope.ok(null, "grants of " + named + " removed");
            });
  }

  private static Subject subject(@Nullable String text) {
    if (text == null) {
      throw ApiException.badRequest(
          "bad_parameter", "'subject' is needed, as folder:finance/** or group:finance");
    }
    try {
      return Subject.parse(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("bad_parameter", "subject: " + e.getMessage());
    }
  }
}
