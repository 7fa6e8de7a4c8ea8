package io.pulzar.extensions;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.RawPath;
import io.pulzar.polyglot.Script;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The routes of extensions, and of the old function style. */
@OnMaster
@Controller
final class ExtensionsController {

  private static final String EXTENSION = "/extension/";
  private static final String OLD_STYLE = "/third_party/";

  private final Extensions extensions;
  private final ExtensionCalls calls;
  private final Uploads uploads;

  ExtensionsController(Extensions extensions, ExtensionCalls calls, Uploads uploads) {
    this.extensions = extensions;
    this.calls = calls;
    this.uploads = uploads;
  }

  @Secured(Rights.RUN)
  @Get(EXTENSION + "{+path}")
  CompletionStage<HttpResponse<?>> get(HttpRequest<?> request) {
    return call(request, parameters(request), Optional.empty());
  }

  @Secured(Rights.RUN)
  @Get(OLD_STYLE + "{+path}")
  CompletionStage<HttpResponse<?>> oldStyle(HttpRequest<?> request) {
    List<String> segments = segments(request, OLD_STYLE);
    Script script = extensions.oldStyle(segments.getFirst());
    return calls.call(script, arguments(segments), parameters(request), Optional.empty());
  }

  @Secured(Rights.RUN)
  @Put(uri = EXTENSION + "{+path}", consumes = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  CompletionStage<HttpResponse<?>> put(ServerHttpRequest<?> request) throws IOException {
    return upload(request);
  }

  @Secured(Rights.RUN)
  @Post(uri = EXTENSION + "{+path}", consumes = MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  CompletionStage<HttpResponse<?>> post(ServerHttpRequest<?> request) throws IOException {
    return upload(request);
  }

  private CompletionStage<HttpResponse<?>> upload(ServerHttpRequest<?> request) throws IOException {
    UploadedFile upload = uploads.receive(request);
    boolean started = false;
    try {
      Map<String, List<String>> parameters = parameters(request);
      upload
          .fields()
          .forEach(
              (name, values) ->
                  parameters.computeIfAbsent(name, first -> new ArrayList<>()).addAll(values));
      CompletionStage<HttpResponse<?>> answer = call(request, parameters, upload.file());
      started = true;
      return answer.whenComplete((ignored, failure) -> upload.close());
    } finally {
      if (!started) {
        upload.close();
      }
    }
  }

  private CompletionStage<HttpResponse<?>> call(
      HttpRequest<?> request, Map<String, List<String>> parameters, Optional<Path> upload) {
    List<String> segments = segments(request, EXTENSION);
    Script script = extensions.byName(segments.getFirst());
    return calls.call(script, arguments(segments), parameters, upload);
  }

  private static List<String> segments(HttpRequest<?> request, String prefix) {
    return RawPath.segments(RawPath.tail(request, prefix));
  }

  private static List<String> arguments(List<String> segments) {
    return segments.stream().skip(1).filter(segment -> !segment.isEmpty()).toList();
  }

  private static Map<String, List<String>> parameters(HttpRequest<?> request) {
    Map<String, List<String>> parameters = new HashMap<>();
    request
        .getParameters()
        .forEach(entry -> parameters.put(entry.getKey(), new ArrayList<>(entry.getValue())));
    return parameters;
  }
}
