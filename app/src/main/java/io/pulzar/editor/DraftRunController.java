package io.pulzar.editor;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.BodyText;
import io.pulzar.http.Envelope;
import io.pulzar.http.RawPath;
import io.pulzar.http.WholeBody;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** {@code POST /admin/test_runs/…}: runs a draft, and answers when it has ended. */
@OnMaster
@Controller
final class DraftRunController {

  static final String TEST_RUNS = "/admin/test_runs/";

  private static final Argument<Draft> DRAFT = Argument.of(Draft.class);

  /** Each character of a source may be six of JSON. */
  private static final int ESCAPED = 6;

  private static final long BESIDE_SOURCE = 1 << 20;

  private final DraftRuns runs;
  private final EditorSwitch editing;
  private final JsonMapper json;
  private final ExecutorService threads;

  @Inject
  DraftRunController(
      DraftRuns runs,
      EditorSwitch editing,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.runs = runs;
    this.editing = editing;
    this.json = json;
    this.threads = threads;
  }

  /**
   * A draft, and what it is run with.
   *
   * @param parameters of a job, an object
   * @param arguments of an extension: the segments of its path
   * @param params of an extension: its query
   */
  @Serdeable
  record Draft(
      @Nullable String source,
      @Nullable JsonNode parameters,
      @Nullable List<String> arguments,
      @Nullable Map<String, List<String>> params) {}

  /**
   * How it ended.
   *
   * @param state {@code completed} or {@code failed}
   * @param result JSON; null when there is none
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Ended(
      String state,
      String log,
      String output,
      @Nullable JsonNode result,
      String error,
      double seconds) {}

  @Secured(Rights.WRITE_SCRIPTS)
  @Post(uri = TEST_RUNS + "{+path}", consumes = MediaType.ALL)
  CompletionStage<Envelope> run(ServerHttpRequest<?> request) {
    SourceFile file = SourceFile.parse(RawPath.tail(request, TEST_RUNS));
    editing.require();
    return WholeBody.read(
            request,
            editing.largest() * ESCAPED + BESIDE_SOURCE,
            most -> SourceDirectory.tooLarge(editing.largest()))
        .thenApplyAsync(
            sent -> Envelope.ok(run(file, parse(BodyText.decode(request, sent)))), threads);
  }

  private Ended run(SourceFile file, Draft draft) {
    String source = Objects.requireNonNullElse(draft.source(), "");
    if (source.length() > editing.largest()) {
      throw SourceDirectory.tooLarge(editing.largest());
    }
    try {
      DraftRuns.Ended ended = runs.run(file, source, arguments(file, draft));
      boolean completed = ended.report().ending() == AttemptResult.COMPLETED;
      String result = ended.report().result().orElse(null);
      return new Ended(
          completed ? "completed" : "failed",
          ended.log(),
          ended.output(),
          result == null ? null : json.readValue(result, Argument.of(JsonNode.class)),
          ended.report().error(),
          ended.ran().toMillis() / 1000.0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Draft parse(String body) {
    try {
      Draft draft = json.readValue(body, DRAFT);
      if (draft == null || draft.source() == null) {
        throw bad("it needs the field source, a text");
      }
      if (draft.parameters() != null && !draft.parameters().isObject()) {
        throw bad("parameters must be an object");
      }
      return draft;
    } catch (IOException | JacksonException malformed) {
      throw bad("it is not a JSON object with source, and parameters, or arguments and params");
    }
  }

  private String arguments(SourceFile file, Draft draft) throws IOException {
    if (file.kind() == SourceFile.Kind.JOBS) {
      return draft.parameters() == null ? "{}" : json.writeValueAsString(draft.parameters());
    }
    return json.writeValueAsString(
        Map.of(
            "arguments", Objects.requireNonNullElse(draft.arguments(), List.of()),
            "params", Objects.requireNonNullElse(draft.params(), Map.of())));
  }

  private static ApiException bad(String reason) {
    return ApiException.badRequest("bad_draft", "the body can't be read as a draft: " + reason);
  }
}
