package io.pulzar.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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

  /** A page; as lines of JSON when that is accepted, for an export. */
  @Get(produces = MediaType.ALL)
  @Secured(Rights.ADMINISTER)
  HttpResponse<?> page(
      HttpRequest<?> request,
      @QueryValue @Nullable Long before,
      @QueryValue @Nullable Integer limit)
      throws IOException {
    int most = limit == null ? USUAL : limit;
    if (most < 1 || most > MOST) {
      throw ApiException.badRequest("bad_parameter", "limit must be from 1 to " + MOST);
    }
    List<Row> rows =
        log.page(before == null ? Long.MAX_VALUE : before, most).stream()
            .map(AuditController::row)
            .toList();
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

  private static Row row(AuditLog.Numbered numbered) {
    AuditEntry entry = numbered.entry();
    return new Row(
        numbered.number(),
        Times.utc(entry.time()),
        entry.who(),
        entry.from(),
        entry.what(),
        entry.status());
  }
}
