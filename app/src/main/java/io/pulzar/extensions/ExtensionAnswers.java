package io.pulzar.extensions;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.HostPaths;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.Script.Entry;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.SizeText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the end of a call into the answer to its request. */
@OnMaster
@Singleton
final class ExtensionAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(ExtensionAnswers.class);
  private static final String DATA = "{\"data\":";

  private final JsonMapper json;
  private final HostPaths paths;

  ExtensionAnswers(JsonMapper json, HostPaths paths) {
    this.json = json;
    this.paths = paths;
  }

  /**
   * The answer.
   *
   * @throws ApiException when the script failed
   */
  HttpResponse<?> of(Script script, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed(String value) -> completed(script, value);
      case Outcome.Raised(String type, String message, String traceback) ->
          throw ApiException.unprocessable(
              "script_raised",
              message.isEmpty() ? type : paths.hide(message),
              failure(type, paths.hide(traceback)));
      case Outcome.TimedOut(var limit) ->
          throw ApiException.timedOut(
              "script_timed_out",
              "%s took longer than %s: make it faster, or raise %s"
                  .formatted(script.name(), DurationText.format(limit), ExtensionSettings.TIMEOUT));
      case Outcome.OutOfMemory(long limit) ->
          throw ApiException.unprocessable(
              "script_out_of_memory",
              "%s needed more memory than %s: let it use less, or raise %s"
                  .formatted(script.name(), SizeText.format(limit), ExtensionSettings.MEMORY),
              failure("MemoryError", ""));
      case Outcome.OutputLimit(long limit) ->
          throw ApiException.unprocessable(
              "script_output_limit",
              "%s printed more than %s: let it print less, or raise %s"
                  .formatted(script.name(), SizeText.format(limit), ExtensionSettings.OUTPUT),
              null);
      case Outcome.Crashed(String reason) ->
          throw new ApiException(
              502, "script_crashed", script.name() + ": " + paths.hide(reason), null, null);
      case Outcome.Canceled() ->
          throw new ApiException(
              503, "stopping", "the server is being stopped; try again later", null, null);
    };
  }

  private HttpResponse<?> completed(Script script, String value) {
    if (script.entry() == Entry.FUNCTION) {
      return HttpResponse.ok(text(value)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
    if (value.startsWith(DATA)) {
      String data = value.substring(DATA.length(), value.length() - 1);
      return HttpResponse.ok(Envelope.okAround(data)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
    ChosenAnswer answer = read(value, Argument.of(ChosenAnswer.Wrapped.class)).answer();
    answer
        .fault()
        .ifPresent(
            fault -> {
              throw badAnswer(script.name() + " returned an Answer that can't be sent: " + fault);
            });
    return chosen(answer);
  }

  private static HttpResponse<?> chosen(ChosenAnswer answer) {
    MutableHttpResponse<Object> response = HttpResponse.status(answer.status(), answer.reason());
    answer.headers().forEach(response::header);
    if (answer.base64() != null) {
      return response.contentType(MediaType.of(answer.mediaType())).body(answer.body());
    }
    Envelope envelope =
        answer.status() < 400
            ? Envelope.ok(answer.data(), answer.msg())
            : Envelope.error(answer.errorCode(), answer.msg(), answer.data());
    return response.contentType(MediaType.APPLICATION_JSON_TYPE).body(envelope);
  }

  /** A function answers with JSON text of its own; what is no text is written as JSON. */
  private String text(String value) {
    return value.startsWith("\"") ? read(value, Argument.STRING) : value;
  }

  private static Map<String, Object> failure(String type, String traceback) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("error", type);
    failure.put("traceback", traceback);
    return failure;
  }

  /** What the library writes can be read; a script may have changed it before it was written. */
  private <T> T read(String value, Argument<T> type) {
    try {
      T read = json.readValue(value, type);
      if (read != null) {
        return read;
      }
    } catch (IOException e) {
      LOG.debug("an answer can't be read", e);
    }
    throw badAnswer("the extension returned an Answer whose fields are not of their types");
  }

  private static ApiException badAnswer(String message) {
    return ApiException.unprocessable("bad_answer", message, failure("ValueError", ""));
  }
}
