package io.pulzar.jobs;

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
import io.pulzar.http.TextStream;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** {@code GET /admin/jobs/{id}/log}: the log so far, or its lines as they come. */
@OnMaster
@Controller("/admin/jobs")
final class JobLogController {

  private static final MediaType PLAIN = MediaType.of("text/plain; charset=utf-8");
  private static final MediaType EVENTS = MediaType.of("text/event-stream; charset=utf-8");

  private final JobRequests requests;
  private final JobHistory history;
  private final JobSignals signals;
  private final JsonMapper json;
  private final ExecutorService threads;

  JobLogController(
      JobRequests requests,
      JobHistory history,
      JobSignals signals,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.requests = requests;
    this.history = history;
    this.signals = signals;
    this.json = json;
    this.threads = threads;
  }

  @Secured(Rights.VIEW)
  @Get(uri = "/{id}/log", produces = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<?> log(
      HttpRequest<?> request,
      String id,
      @QueryValue(value = "json", defaultValue = "false") boolean asJson) {
    long job = requests.existing(QueryNumbers.job(id)).id();
    String accept = request.getHeaders().get(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM)
        ? HttpResponse.ok(events(job, request.getHeaders().get("Last-Event-ID"), asJson))
            .contentType(EVENTS)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
        : HttpResponse.ok(history.log(job)).contentType(PLAIN);
  }

  private Publisher<byte[]> events(long job, @Nullable String lastEvent, boolean asJson) {
    OutputChunkKey after =
        Optional.ofNullable(lastEvent)
            .flatMap(text -> OutputChunkKey.parse(job, text))
            .orElse(OutputChunkKey.first(job));
    return TextStream.of(
        () ->
            new LogFollower(
                history,
                requests,
                signals,
                after,
                asJson ? this::quoted : LogFollower::lines,
                threads));
  }

  /**
   * One JSON string, in which a carriage return stays what it is: progress bars are made of them.
   */
  private String quoted(String log) {
    try {
      return "data: " + json.writeValueAsString(log) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("a text can't be written as JSON", e);
    }
  }
}
