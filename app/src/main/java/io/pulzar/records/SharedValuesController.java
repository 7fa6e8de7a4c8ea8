package io.pulzar.records;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import io.pulzar.http.WholeBody;
import io.pulzar.records.RecordOperations.PageQuestion;
import io.pulzar.records.RecordOperations.WriteOrder;
import io.pulzar.rights.Rights;
import io.pulzar.settings.Settings;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * {@code /nodes/values}: shared values for clients that say by the method what they mean, and by
 * the status learn what became of it.
 */
@Controller
final class SharedValuesController {

  private static final String LIST = SharedAnswers.PREFIX + "values";
  private static final String PREFIX = LIST + "/";
  private static final String VALUE = PREFIX + "{+name}";
  private static final MediaType PLAIN = MediaType.of("text/plain; charset=utf-8");

  private final Records records;
  private final RecordRights rights;
  private final SharedAnswers answers;
  private final RequestLimits limits;
  private final int mostPerPage;
  private final ExecutorService threads;

  SharedValuesController(
      Records records,
      RecordRights rights,
      SharedAnswers answers,
      Settings settings,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.records = records;
    this.rights = rights;
    this.answers = answers;
    this.limits = RequestLimits.of(settings);
    this.mostPerPage = settings.get(RecordSettings.PAGE);
    this.threads = threads;
  }

  @Secured(Rights.READ_DATA)
  @Get(VALUE)
  CompletionStage<HttpResponse<?>> get(HttpRequest<?> request) {
    long revision = RequestLimits.revision(request, FormText.ofQuery(request));
    RecordKey key = key(request);
    rights.read(request, key);
    return records
        .find(key, revision)
        .thenApply(row -> value(request, row.orElseThrow(SharedValuesController::notFound)));
  }

  private static HttpResponse<?> value(HttpRequest<?> request, Row row) {
    String tag = tag(row);
    String known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(tag)) {
      return HttpResponse.status(HttpStatus.NOT_MODIFIED).header(HttpHeaders.ETAG, tag);
    }
    byte[] body = row.record().body().getBytes(StandardCharsets.UTF_8);
    return HttpResponse.ok(body)
        .contentType(PLAIN)
        .contentLength(body.length)
        .header(HttpHeaders.ETAG, tag);
  }

  @Secured(Rights.WRITE_DATA)
  @Put(uri = VALUE, consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> put(ServerHttpRequest<?> request) {
    SameSite.check(request);
    RecordKey key = key(request);
    rights.write(request, key);
    WriteCondition condition = RequestLimits.matching(request, WriteCondition.ANY);
    return WholeBody.read(request, limits.body(), limits::tooLarge)
        .thenComposeAsync(
            body ->
                records.write(
                    WriteOrder.of(key, condition, FormText.utf8(body))
                        .expiring(RequestLimits.ttl(request))),
            threads)
        .thenApply(answer -> written(key, answer));
  }

  @Secured(Rights.WRITE_DATA)
  @Delete(uri = VALUE, consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> delete(HttpRequest<?> request) {
    SameSite.check(request);
    RecordKey key = key(request);
    rights.write(request, key);
    WriteOrder order =
        WriteOrder.of(key, RequestLimits.matching(request, WriteCondition.PRESENT), null);
    return CompletableFuture.completedStage(order)
        .thenComposeAsync(records::write, threads)
        .thenApply(answer -> written(key, answer));
  }

  private HttpResponse<?> written(RecordKey key, WriteAnswer answer) {
    return switch (answer.outcome()) {
      case STORED, UNCHANGED ->
          tagged(answers.done(key.name() + " key was updated"), answer.row(), answer);
      case DELETED -> tagged(answers.done(key.name() + " key was removed"), null, answer);
      case MISSING -> throw notFound();
      case EXISTS, MISMATCH ->
          tagged(
              answers.answer(
                  HttpRequest.GET(LIST),
                  new ApiException(
                      412, "version_mismatch", "another version is there", null, null)),
              answer.row(),
              answer);
    };
  }

  private static HttpResponse<?> tagged(
      MutableHttpResponse<?> response, @Nullable Row row, WriteAnswer answer) {
    if (row != null) {
      response.header(HttpHeaders.ETAG, tag(row));
    }
    return SharedController.revised(response, answer);
  }

  @Secured(Rights.READ_DATA)
  @Get(LIST)
  CompletionStage<HttpResponse<?>> list(HttpRequest<?> request) {
    rights.readAll(request);
    Map<String, String> query = FormText.ofQuery(request);
    boolean values = "1".equals(query.get("values"));
    PageQuestion question =
        new PageQuestion(
            Kind.SHARED,
            Optional.ofNullable(query.get("prefix")).orElse(""),
            query.get("after"),
            RequestLimits.page(query, mostPerPage),
            values,
            ChangeLimits.BYTES);
    return records
        .page(question)
        .thenApply(
            page -> {
              List<Map<String, Object>> rows =
                  page.rows().stream().map(row -> listed(row, values)).toList();
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("success", true);
              fields.put("data", rows);
              fields.put("next", page.more() ? page.rows().getLast().name() : null);
              return answers
                  .json(200, fields)
                  .header(TextAnswers.REVISION, Long.toString(page.revision()));
            });
  }

  private static Map<String, Object> listed(Row row, boolean values) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", row.name());
    fields.put("version", row.record().version().toString());
    if (values) {
      fields.put("value", row.record().body());
    } else {
      fields.put("size", Long.parseLong(row.record().body()));
    }
    return fields;
  }

  private static RecordKey key(HttpRequest<?> request) {
    return SharedName.key(RawPath.decode(RawPath.tail(request, PREFIX)));
  }

  private static String tag(Row row) {
    return "\"" + row.record().version() + "\"";
  }

  private static ApiException notFound() {
    return ApiException.notFound("record_not_found", "there is no value of that name");
  }
}
