package io.pulzar.records;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.TextStream;
import io.pulzar.http.WholeBody;
import io.pulzar.records.RecordOperations.PageQuestion;
import io.pulzar.records.RecordOperations.WriteOrder;
import io.pulzar.records.WriteAnswer.Outcome;
import io.pulzar.rights.Rights;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SizeText;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * {@code /nodes/{update,get,remove,dump}}: shared values as clients of shared_database know them.
 */
@Controller
final class SharedController {

  private static final byte[] NO_BODY = {};
  private static final String NAME = "name";
  private static final String VALUE = "value";

  private final Records records;
  private final RecordRights rights;
  private final SharedAnswers answers;
  private final PeerGuard peers;
  private final RequestLimits limits;
  private final long mostDumped;
  private final JsonMapper json;
  private final ExecutorService threads;

  SharedController(
      Records records,
      RecordRights rights,
      SharedAnswers answers,
      PeerGuard peers,
      JsonMapper json,
      Settings settings,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.records = records;
    this.rights = rights;
    this.answers = answers;
    this.peers = peers;
    this.limits = RequestLimits.of(settings);
    this.mostDumped = settings.get(RecordSettings.DUMP);
    this.json = json;
    this.threads = threads;
  }

  @Secured(Rights.WRITE_DATA)
  @Get(SharedAnswers.PREFIX + "update")
  CompletionStage<HttpResponse<?>> update(HttpRequest<?> request) {
    SameSite.check(request);
    Map<String, String> query = FormText.ofQuery(request);
    return CompletableFuture.completedStage(query)
        .thenComposeAsync(
            fields -> update(request, fields.get(NAME), fields.get(VALUE), NO_BODY), threads);
  }

  @Secured(Rights.WRITE_DATA)
  @Post(uri = SharedAnswers.PREFIX + "update", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> post(ServerHttpRequest<?> request) {
    SameSite.check(request);
    return WholeBody.read(request, limits.body(), limits::tooLarge)
        .thenComposeAsync(
            body ->
                update(
                    request,
                    TextBody.field(request, body, json, NAME).orElse(null),
                    TextBody.field(request, body, json, VALUE).orElse(null),
                    body),
            threads);
  }

  private CompletionStage<HttpResponse<?>> update(
      HttpRequest<?> request, @Nullable String name, @Nullable String value, byte[] body) {
    if (name == null) {
      return missing(request, NAME);
    }
    if (value == null) {
      return missing(request, VALUE);
    }
    RecordKey key = SharedName.key(name);
    rights.write(request, key);
    WriteOrder order =
        WriteOrder.of(key, WriteCondition.ANY, value).expiring(RequestLimits.ttl(request));
    return records
        .write(isLocal(request, body) ? order.staying() : order)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw ofWrite(failure, name + " key was not updated");
              }
              return revised(answers.done(name + " key was updated"), answer);
            });
  }

  /** Old nodes told each other so; from anybody else it means nothing. */
  private boolean isLocal(HttpRequest<?> request, byte[] body) {
    return FormText.ofQuery(request).containsKey("replicate") && peers.isPeer(request, body);
  }

  @Secured(Rights.WRITE_DATA)
  @Get(SharedAnswers.PREFIX + "remove")
  CompletionStage<HttpResponse<?>> remove(HttpRequest<?> request) {
    SameSite.check(request);
    String name = FormText.ofQuery(request).get(NAME);
    if (name == null) {
      return missing(request, NAME);
    }
    RecordKey key = SharedName.key(name);
    rights.write(request, key);
    WriteOrder order = WriteOrder.of(key, WriteCondition.PRESENT, null);
    return CompletableFuture.completedStage(order)
        .thenComposeAsync(
            now -> records.write(isLocal(request, NO_BODY) ? now.staying() : now), threads)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw ofWrite(failure, name + " key was not removed");
              }
              return answer.outcome() == Outcome.DELETED
                  ? revised(answers.done(name + " key was removed"), answer)
                  : answers.refused(request, 404, name + " key was not removed");
            });
  }

  @Secured(Rights.READ_DATA)
  @Get(SharedAnswers.PREFIX + "get")
  CompletionStage<HttpResponse<?>> get(HttpRequest<?> request) {
    Map<String, String> query = FormText.ofQuery(request);
    String name = query.get(NAME);
    if (name == null) {
      return missing(request, NAME);
    }
    RecordKey key = SharedName.key(name);
    rights.read(request, key);
    return records
        .find(key, RequestLimits.revision(request, query))
        .thenApply(
            row ->
                row.<HttpResponse<?>>map(found -> got(found))
                    .orElseGet(
                        () -> answers.refused(request, 404, "can not get " + name + " key")));
  }

  private HttpResponse<?> got(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("success", true);
    fields.put(NAME, row.name());
    fields.put(VALUE, row.record().body());
    return answers.json(200, fields).header("X-Pulzar-Lag", Long.toString(records.lag().changes()));
  }

  @Secured(Rights.READ_DATA)
  @Get(SharedAnswers.PREFIX + "dump")
  CompletionStage<HttpResponse<?>> dump(HttpRequest<?> request) {
    rights.readAll(request);
    Map<String, String> query = FormText.ofQuery(request);
    String prefix = Optional.ofNullable(query.get("prefix")).orElse("");
    if ("ndjson".equals(query.get("format"))) {
      return CompletableFuture.completedStage(
          HttpResponse.ok(TextStream.of(() -> new SharedLines(records, prefix)))
              .contentType(MediaType.of("application/x-ndjson; charset=utf-8")));
    }
    PageQuestion all =
        new PageQuestion(Kind.SHARED, prefix, null, Integer.MAX_VALUE, true, mostDumped);
    return CompletableFuture.completedStage(all)
        .thenComposeAsync(records::page, threads)
        .thenApply(page -> dumped(request, page));
  }

  private HttpResponse<?> dumped(HttpRequest<?> request, RecordOperations.Page page) {
    if (page.rows().isEmpty()) {
      return answers.refused(request, 404, "can not get data or db is empty");
    }
    long bytes = page.rows().stream().mapToLong(Row::bytes).sum();
    if (page.more() || bytes > mostDumped) {
      throw ApiException.tooLarge(
          "dump_too_large",
          "all values are more than "
              + SizeText.format(mostDumped)
              + ": list them page by page with /nodes/values, ask for format=ndjson, or raise "
              + RecordSettings.DUMP);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    page.rows().forEach(row -> data.put(row.name(), row.record().body()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("success", true);
    fields.put("data", data);
    return answers.json(200, fields);
  }

  private CompletionStage<HttpResponse<?>> missing(HttpRequest<?> request, String parameter) {
    return CompletableFuture.completedStage(
        answers.refused(request, 400, parameter + " is required"));
  }

  /** The seed's words, with the status and the code of what went wrong. */
  private static RuntimeException ofWrite(Throwable failure, String words) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof ApiException refusal) {
      return new ApiException(
          refusal.status(),
          refusal.code(),
          words + ": " + refusal.getMessage(),
          null,
          refusal.retryAfter().orElse(null));
    }
    return cause instanceof RuntimeException other ? other : new IllegalStateException(cause);
  }

  static MutableHttpResponse<?> revised(MutableHttpResponse<?> response, WriteAnswer answer) {
    Row row = answer.row();
    return row == null
        ? response
        : response.header(TextAnswers.REVISION, Long.toString(row.revision()));
  }
}
