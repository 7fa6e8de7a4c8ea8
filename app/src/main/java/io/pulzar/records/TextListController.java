package io.pulzar.records;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.TextStream;
import io.pulzar.records.RecordOperations.PageQuestion;
import io.pulzar.rights.Rights;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /text}: a page of uids; with {@code watch=1} what changes. */
@Controller
final class TextListController {

  private static final MediaType EVENTS = MediaType.of("text/event-stream; charset=utf-8");
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final List<String> QUESTIONS =
      List.of("prefix", "after", "limit", "watch", "since", "wait");

  private final Records records;
  private final RecordRights rights;
  private final TextAnswers answers;
  private final Watchers watchers;
  private final int mostPerPage;

  TextListController(
      Records records,
      RecordRights rights,
      TextAnswers answers,
      Watchers watchers,
      Settings settings) {
    this.records = records;
    this.rights = rights;
    this.answers = answers;
    this.watchers = watchers;
    this.mostPerPage = settings.get(RecordSettings.PAGE);
  }

  @Secured(Rights.READ_DATA)
  @Get("/text")
  CompletionStage<HttpResponse<?>> list(HttpRequest<?> request) {
    Map<String, String> query = FormText.ofQuery(request);
    if (QUESTIONS.stream().noneMatch(query::containsKey)) {
      throw TextUid.noSuchResource();
    }
    rights.readAll(request);
    if (query.containsKey("watch")) {
      return watch(request, query);
    }
    PageQuestion question =
        new PageQuestion(
            Kind.TEXT,
            Optional.ofNullable(query.get("prefix")).orElse(""),
            query.get("after"),
            RequestLimits.page(query, mostPerPage),
            false,
            ChangeLimits.BYTES);
    return records
        .page(question)
        .thenApply(
            page -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("records", page.rows().stream().map(TextListController::listed).toList());
              fields.put("next", page.more() ? page.rows().getLast().name() : null);
              return answers
                  .json(fields)
                  .header(TextAnswers.REVISION, Long.toString(page.revision()));
            });
  }

  private static Map<String, Object> listed(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("uid", row.name());
    fields.put("version", row.record().version().toString());
    fields.put("size", Long.parseLong(row.record().body()));
    return fields;
  }

  private CompletionStage<HttpResponse<?>> watch(
      HttpRequest<?> request, Map<String, String> query) {
    String last = request.getHeaders().get("Last-Event-ID");
    String since = last == null ? query.get("since") : last;
    long after =
        since == null
            ? records.lag().revision()
            : RequestLimits.number("since", since, Long.MAX_VALUE);
    if (!records.remembers(after)) {
      throw new ApiException(
          410,
          "too_old",
          "what changed after " + after + " is not known any more: start from a listing",
          null,
          null);
    }
    String prefix = Optional.ofNullable(query.get("prefix")).orElse("");
    watchers.requireRoom();
    if (!query.containsKey("wait")) {
      return CompletableFuture.completedStage(
          HttpResponse.ok(TextStream.of(() -> watchers.watch(records, prefix, after)))
              .contentType(EVENTS)
              .header(HttpHeaders.CACHE_CONTROL, "no-store"));
    }
    Watchers.Watch one = watchers.watch(records, prefix, after);
    return one.changes(wait(query.get("wait")))
        .whenComplete((changes, failure) -> one.close())
        .thenApply(
            changes -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("changes", new ArrayList<>(changes));
              fields.put("since", one.position());
              return answers.json(fields);
            });
  }

  private static Duration wait(String text) {
    try {
      Duration wait = DurationText.parse(text);
      return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("bad_parameter", "wait must be like 30s, got '" + text + "'");
    }
  }
}
