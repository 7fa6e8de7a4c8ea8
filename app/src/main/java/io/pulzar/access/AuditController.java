package io.pulzar.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.Excerpt;
import io.pulzar.http.NextPage;
import io.pulzar.http.Times;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /access/audit}: who did what, the newest first, page by page. */
@OnMaster
@Controller("/access/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {

  private static final MediaType LINES = MediaType.of("application/x-ndjson");
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private final AuditLog log;
  private final JsonMapper json;

  AuditController(AuditLog log, JsonMapper json) {
    this.log = log;
    this.json = json;
  }

  /**
   * @param number what the next page is asked for with, as {@code before}
   */
  @Serdeable
  record Row(long number, String time, String who, String from, String what, int status) {}

  /**
   * A page; as lines of JSON when that is accepted, for an export. The header {@code Link} names
   * the next one, which may be needed although this one has fewer than {@code limit} rows.
   *
   * @param text in who, from where or what
   * @param outcome {@code done}, {@code refused}, {@code failed}
   * @param since no older ones
   */
  @Get(produces = MediaType.ALL)
  @Secured(Rights.ADMINISTER)
  HttpResponse<?> page(
      HttpRequest<?> request,
      @QueryValue @Nullable Long before,
      @QueryValue @Nullable Integer limit,
      @QueryValue @Nullable String text,
      @QueryValue @Nullable String outcome,
      @QueryValue @Nullable String since)
      throws IOException {
    int most = limit == null ? USUAL : limit;
    if (most < 1 || most > MOST) {
      throw ApiException.badRequest("bad_parameter", "limit must be from 1 to " + MOST);
    }
    AuditLog.Found found =
        log.find(
            AuditQuestion.of(text, outcome, since), before == null ? Long.MAX_VALUE : before, most);
    int bytes = Excerpt.bytes(most);
    List<Row> rows = found.entries().stream().map(entry -> row(entry, bytes)).toList();
    return NextPage.link(
        request, answer(request, rows), "before", found.next().map(String::valueOf));
  }

  private MutableHttpResponse<?> answer(HttpRequest<?> request, List<Row> rows) throws IOException {
    String accept = request.getHeaders().get(HttpHeaders.ACCEPT);
    if (accept == null || !accept.contains(LINES.getName())) {
      return HttpResponse.ok(Envelope.ok(rows)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
    StringBuilder lines = new StringBuilder();
    for (Row row : rows) {
      lines.append(json.writeValueAsString(row)).append('\n');
    }
    return HttpResponse.ok(lines.toString()).contentType(LINES);
  }

  private static Row row(AuditLog.Numbered numbered, int bytes) {
    AuditEntry entry = numbered.entry();
    return new Row(
        numbered.number(),
        Times.utc(entry.time()),
        entry.who(),
        entry.from(),
        Excerpt.of(entry.what(), bytes).text(),
        entry.status());
  }
}
