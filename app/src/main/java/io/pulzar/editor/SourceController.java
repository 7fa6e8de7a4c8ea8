package io.pulzar.editor;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
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
import io.pulzar.http.BodyText;
import io.pulzar.http.Envelope;
import io.pulzar.http.RawPath;
import io.pulzar.http.Times;
import io.pulzar.http.WholeBody;
import io.pulzar.rights.Access;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The sources of scripts and extensions: read, saved, removed, and what they were before. */
@OnMaster
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SourceController {

  static final String SOURCES = "/admin/sources/";
  static final String VERSIONS = "/admin/source_versions/";

  private static final MediaType PYTHON = MediaType.of("text/x-python; charset=utf-8");

  private final SourceEditor editor;
  private final EditorSwitch editing;
  private final Access access;
  private final ExecutorService threads;

  @Inject
  SourceController(
      SourceEditor editor,
      EditorSwitch editing,
      Access access,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.editor = editor;
    this.editing = editing;
    this.access = access;
    this.threads = threads;
  }

  @Secured(Rights.VIEW)
  @Get(uri = SOURCES + "{+path}", produces = MediaType.ALL)
  HttpResponse<?> read(HttpRequest<?> request) throws IOException {
    SourceFile file = SourceFile.parse(RawPath.tail(request, SOURCES));
    SourceEditor.Present present = editor.read(file).orElseThrow(() -> SourceEditor.missing(file));
    return HttpResponse.ok(present.text())
        .contentType(PYTHON)
        .header(HttpHeaders.ETAG, EditCondition.entityTag(present.sha256()))
        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }

  @Secured(Rights.WRITE_SCRIPTS)
  @Put(uri = SOURCES + "{+path}", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<Envelope>> save(ServerHttpRequest<?> request) {
    SourceFile file = SourceFile.parse(RawPath.tail(request, SOURCES));
    editing.require();
    EditCondition condition = EditCondition.of(request.getHeaders());
    String who = access.of(request).name();
    return WholeBody.read(request, editing.largest(), SourceDirectory::tooLarge)
        .thenApplyAsync(
            sent -> saved(file, save(file, BodyText.decode(request, sent), condition, who)),
            threads);
  }

  private SourceEditor.Saved save(
      SourceFile file, String text, EditCondition condition, String who) {
    try {
      return editor.save(file, text, condition, who);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<Envelope> saved(SourceFile file, SourceEditor.Saved saved) {
    SourceVersion version = saved.version();
    return HttpResponse.<Envelope>status(saved.created() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            Envelope.ok(
                new Answer(file.toString(), Row.of(version.summary()), saved.problems()),
                "%s.py saved as version %d".formatted(file, version.number())))
        .header(HttpHeaders.ETAG, EditCondition.entityTag(version.sha256()));
  }

  @Secured(Rights.WRITE_SCRIPTS)
  @Delete(SOURCES + "{+path}")
  Envelope delete(HttpRequest<?> request) throws IOException {
    SourceFile file = SourceFile.parse(RawPath.tail(request, SOURCES));
    editing.require();
    editor.delete(file, EditCondition.of(request.getHeaders()), access.of(request).name());
    return Envelope.ok(null, file + ".py deleted; its versions are kept");
  }

  /** The versions of a file, the newest first; or one of them with its text. */
  @Secured(Rights.VIEW)
  @Get(VERSIONS + "{+path}")
  Envelope versions(HttpRequest<?> request, @QueryValue @Nullable Long number) {
    SourceFile file = SourceFile.parse(RawPath.tail(request, VERSIONS));
    if (number == null) {
      return Envelope.ok(editor.versions(file).stream().map(Row::of).toList());
    }
    return Envelope.ok(
        editor
            .version(file, number)
            .map(Whole::of)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "version_not_found",
                        "there is no version %d of %s.py".formatted(number, file))));
  }

  /** What a change came to. */
  @Serdeable
  record Answer(String path, Row version, List<String> problems) {}

  /**
   * A version without its text.
   *
   * @param who empty where the file was changed on the disk
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Row(long number, String time, String who, boolean deleted, int size, String sha256) {

    static Row of(SourceVersion.Summary version) {
      return new Row(
          version.number(),
          Times.utc(version.time()),
          version.who(),
          version.deleted(),
          version.size(),
          version.sha256());
    }
  }

  /** A version with its text. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Whole(long number, String time, String who, boolean deleted, String text) {

    static Whole of(SourceVersion version) {
      return new Whole(
          version.number(),
          Times.utc(version.time()),
          version.who(),
          version.deleted(),
          version.text());
    }
  }
}
