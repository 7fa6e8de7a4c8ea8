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
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.WholeBody;
import io.pulzar.records.RecordOperations.CacheQuestion;
import io.pulzar.records.RecordOperations.Remembered;
import io.pulzar.records.RecordOperations.WriteOrder;
import io.pulzar.records.WriteCondition.Presence;
import io.pulzar.rights.Rights;
import io.pulzar.settings.Settings;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** {@code /text/{uid}}: text records, as clients of minstore know them and a little more. */
@Controller
final class TextController {

  private static final String RECORD = TextUid.PREFIX + "{+uid}";
  private static final String CACHE = "cache";
  private static final String METHODS = "DELETE, GET, OPTIONS, POST, PUT";

  private final Records records;
  private final RecordRights rights;
  private final TextAnswers answers;
  private final PeerGuard peers;
  private final RequestLimits limits;
  private final JsonMapper json;
  private final ExecutorService threads;

  TextController(
      Records records,
      RecordRights rights,
      TextAnswers answers,
      PeerGuard peers,
      JsonMapper json,
      Settings settings,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.records = records;
    this.rights = rights;
    this.answers = answers;
    this.peers = peers;
    this.limits = RequestLimits.of(settings);
    this.json = json;
    this.threads = threads;
  }

  @Secured(Rights.READ_DATA)
  @Get(RECORD)
  CompletionStage<HttpResponse<?>> get(HttpRequest<?> request) {
    TextUid uid = TextUid.of(request);
    rights.read(request, uid.key());
    Map<String, String> query = FormText.ofQuery(request);
    if (query.containsKey("conflicts")) {
      return records
          .losers(uid.key())
          .thenApply(
              losers -> answers.json(losers.stream().map(record -> conflict(record)).toList()));
    }
    boolean isAsked = request.getHeaders().contains(PeerMessages.ASKED);
    if (query.containsKey(CACHE) && !isAsked) {
      return records
          .findCached(new CacheQuestion(uid.uid(), RequestLimits.asksAnew(request)))
          .thenApply(found -> remembered(request, found));
    }
    CompletionStage<Optional<Row>> found =
        isAsked
            ? records.findHere(uid.key())
            : records.find(uid.key(), RequestLimits.revision(request, query));
    return found.thenApply(
        row -> lagging(answer(request, row.orElseThrow(TextController::notFound))));
  }

  private HttpResponse<?> remembered(HttpRequest<?> request, Remembered found) {
    Row row = Optional.ofNullable(found.row()).orElseThrow(TextController::notFound);
    return answer(request, row)
        .header("X-Pulzar-Cache", found.how())
        .header(HttpHeaders.AGE, Long.toString(found.age()));
  }

  private static Map<String, Object> conflict(StoredRecord record) {
    return Map.of(
        "version", record.version().toString(), "record", new PythonJson.Literal(record.body()));
  }

  private MutableHttpResponse<?> answer(HttpRequest<?> request, Row row) {
    String known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
    return known != null && known.contains("\"" + row.record().version() + "\"")
        ? answers.marked(request, HttpResponse.status(HttpStatus.NOT_MODIFIED), row)
        : answers.record(request, row);
  }

  private MutableHttpResponse<?> lagging(MutableHttpResponse<?> answer) {
    Records.Lag lag = records.lag();
    return answer
        .header(TextAnswers.REVISION, Long.toString(lag.revision()))
        .header("X-Pulzar-Lag", Long.toString(lag.changes()));
  }

  @Secured(Rights.WRITE_DATA)
  @Post(uri = RECORD, consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> post(ServerHttpRequest<?> request) {
    TextUid uid = TextUid.of(request);
    rights.write(request, uid.key());
    return body(request)
        .thenComposeAsync(
            body -> write(request, order(request, uid, body, WriteCondition.ABSENT)), threads);
  }

  @Secured(Rights.WRITE_DATA)
  @Put(uri = RECORD, consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> put(ServerHttpRequest<?> request) {
    TextUid uid = TextUid.of(request);
    rights.write(request, uid.key());
    Map<String, String> query = FormText.ofQuery(request);
    if (query.containsKey("mirror")) {
      peers.checkPresent(request);
    }
    return body(request)
        .thenComposeAsync(
            body -> {
              if (query.containsKey("mirror")) {
                peers.check(request, body);
                return write(request, mirrored(request, uid, body, query));
              }
              return write(request, order(request, uid, body, putCondition(request, query)));
            },
            threads);
  }

  @Secured(Rights.WRITE_DATA)
  @Delete(uri = RECORD, consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> delete(ServerHttpRequest<?> request) {
    TextUid uid = TextUid.of(request);
    rights.write(request, uid.key());
    Map<String, String> query = FormText.ofQuery(request);
    WriteOrder order =
        WriteOrder.of(uid.key(), RequestLimits.matching(request, WriteCondition.PRESENT), null);
    if (query.containsKey("mirror")) {
      peers.checkPresent(request);
      return body(request)
          .thenComposeAsync(
              body -> {
                peers.check(request, body);
                return write(request, query.containsKey("bridge") ? order : order.staying());
              },
              threads);
    }
    boolean isAsked = request.getHeaders().contains(PeerMessages.ASKED);
    return CompletableFuture.completedStage(isAsked ? order.askedHere() : order)
        .thenComposeAsync(now -> write(request, now), threads);
  }

  @Secured(Rights.PUBLIC)
  @Options(RECORD)
  HttpResponse<?> options(HttpRequest<?> request) {
    return HttpResponse.ok().header(HttpHeaders.ALLOW, METHODS);
  }

  private CompletionStage<byte[]> body(ServerHttpRequest<?> request) {
    return WholeBody.read(request, limits.body(), limits::tooLarge);
  }

  private WriteOrder order(
      HttpRequest<?> request, TextUid uid, byte[] body, WriteCondition condition) {
    String text =
        TextBody.value(request, body, json)
            .orElseThrow(() -> ApiException.badRequest("value_missing", "value"));
    return WriteOrder.of(uid.key(), condition, text).expiring(RequestLimits.ttl(request));
  }

  private WriteOrder mirrored(
      HttpRequest<?> request, TextUid uid, byte[] body, Map<String, String> query) {
    String record =
        TextBody.value(request, body, json)
            .orElseThrow(() -> ApiException.badRequest("value_missing", "value"));
    return new WriteOrder(
        Kind.TEXT, uid.uid(), WriteCondition.ANY, record, 0, !query.containsKey("bridge"), true);
  }

  private static WriteCondition putCondition(HttpRequest<?> request, Map<String, String> query) {
    boolean create = "1".equals(query.get("create"));
    return RequestLimits.matching(
        request, new WriteCondition(create ? Presence.ANY : Presence.PRESENT, null));
  }

  private CompletionStage<HttpResponse<?>> write(HttpRequest<?> request, WriteOrder order) {
    boolean isThrough = FormText.ofQuery(request).containsKey(CACHE) && !order.finished();
    CompletionStage<WriteAnswer> answered =
        isThrough ? records.writeThrough(order) : records.write(order);
    return answered.thenApply(answer -> written(request, order, answer));
  }

  private HttpResponse<?> written(HttpRequest<?> request, WriteOrder order, WriteAnswer answer) {
    Row row = answer.row();
    return switch (answer.outcome()) {
      case STORED, UNCHANGED -> revised(answers.record(request, present(row)), row);
      case DELETED -> revised(HttpResponse.ok(), row);
      case EXISTS ->
          order.condition().presence() == Presence.ABSENT && RequestLimits.isCreateOnly(request)
              ? mismatch(request, row)
              : HttpResponse.badRequest();
      case MISSING -> throw notFound();
      case MISMATCH -> mismatch(request, row);
    };
  }

  private HttpResponse<?> mismatch(HttpRequest<?> request, @Nullable Row row) {
    MutableHttpResponse<?> refused = HttpResponse.status(HttpStatus.PRECONDITION_FAILED);
    return row == null ? refused : answers.marked(request, refused, row);
  }

  private static MutableHttpResponse<?> revised(MutableHttpResponse<?> answer, @Nullable Row row) {
    return row == null
        ? answer
        : answer.header(TextAnswers.REVISION, Long.toString(row.revision()));
  }

  private static Row present(@Nullable Row row) {
    return Optional.ofNullable(row).orElseThrow();
  }

  private static ApiException notFound() {
    return ApiException.notFound("record_not_found", "Not Found");
  }
}
