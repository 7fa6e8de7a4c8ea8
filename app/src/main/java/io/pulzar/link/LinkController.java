package io.pulzar.link;

import io.micronaut.context.annotation.Context;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.ClientAddress;
import io.pulzar.http.Envelope;
import io.pulzar.http.WholeBody;
import io.pulzar.rights.Rights;
import io.pulzar.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the questions of other servers arrive. The names {@code autodiscovery} and {@code send_job}
 * are those of the original: they are refused without a credential like all the rest, and ask for
 * nothing any more, since nodes report and fetch their work themselves.
 *
 * <p>It is made with its context and not at the first question, because its control refuses what
 * was signed before it was there.
 */
@Context
@Controller
final class LinkController {

  private static final Logger LOG = LoggerFactory.getLogger(LinkController.class);
  private static final long MOST_BYTES = 64 * 1024 * 1024;

  private final LinkServer server;
  private final ClusterKey key;
  private final PassportControl control;
  private final RefusalLog refusals;
  private final JsonMapper json;

  /** Handlers may block, the thread that a body arrives on may not. */
  private final Executor handlers;

  @Inject
  LinkController(
      LinkServer server,
      ClusterKey key,
      Clock clock,
      Settings settings,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService handlers) {
    this.server = server;
    this.key = key;
    this.control = new PassportControl(key, clock, settings);
    this.refusals = new RefusalLog(clock);
    this.json = json;
    this.handlers = handlers;
  }

  @Secured(Rights.CLUSTER)
  @Post(
      uris = {"/skynet/{+name}", "/autodiscovery", "/send_job"},
      consumes = MediaType.ALL)
  CompletionStage<HttpResponse<byte[]>> answer(ServerHttpRequest<?> request) {
    // A stranger is sent away before a byte of the body is read.
    PassportControl.present(request.getHeaders().get(Passport.HEADER));
    return WholeBody.read(request, MOST_BYTES, LinkController::tooLarge)
        .thenComposeAsync(body -> answer(request, body), handlers);
  }

  private static ApiException tooLarge(long mostBytes) {
    return ApiException.tooLarge(
        "body_too_large", "a question of the cluster has " + mostBytes + " bytes at most");
  }

  private CompletionStage<HttpResponse<byte[]>> answer(HttpRequest<?> request, byte[] body) {
    Passport passport;
    try {
      passport =
          control.check(
              request.getHeaders().get(Passport.HEADER),
              Passport.Subject.of(request.getMethodName(), request.getPath(), body));
    } catch (ApiException refusal) {
      refusals.note(ClientAddress.of(request), refusal);
      throw refusal;
    }
    return answer(request.getPath(), body)
        .handle(
            (answer, failure) ->
                failure == null
                    ? signed(passport, HttpResponse.ok(), answer)
                    : refused(passport, request, failure));
  }

  /** From here on the other side is known, and gets every answer signed, refusals too. */
  private CompletionStage<byte[]> answer(String path, byte[] body) {
    try {
      return operation(path)
          .map(operation -> answer(operation, body))
          .orElseThrow(
              () -> ApiException.notFound(LinkServer.NOT_OFFERED, path + " is not offered here"));
    } catch (ApiException refusal) {
      return CompletableFuture.failedStage(refusal);
    }
  }

  private Optional<Operation<?, ?>> operation(String path) {
    return path.startsWith(HttpLinks.PATH)
        ? server.find(path.substring(HttpLinks.PATH.length()))
        : Optional.empty();
  }

  private <Q, A> CompletionStage<byte[]> answer(Operation<Q, A> operation, byte[] body) {
    Q question = read(operation.question(), body);
    return server.answer(operation, question).thenApply(a -> write(operation.answer(), a));
  }

  private HttpResponse<byte[]> refused(
      Passport passport, HttpRequest<?> request, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    ApiException error;
    if (cause instanceof ApiException refusal) {
      error = refusal;
      if (operation(request.getPath()).filter(Operation::refusalsLogged).isPresent()) {
        refusals.note(ClientAddress.of(request), refusal);
      }
    } else {
      LOG.error("{} failed", request.getPath(), cause);
      error = new ApiException(500, "internal_error", "the other server failed", null, null);
    }
    MutableHttpResponse<byte[]> response = HttpResponse.status(error.status(), "Refused");
    error
        .retryAfter()
        .ifPresent(
            wait ->
                response.header(
                    HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds()))));
    Envelope envelope = Envelope.error(error.code(), error.getMessage(), null);
    return signed(passport, response, write(Argument.of(Envelope.class), envelope));
  }

  private HttpResponse<byte[]> signed(
      Passport passport, MutableHttpResponse<byte[]> response, byte[] body) {
    return response
        .header(Passport.HEADER, Passport.signAnswer(key, passport.nonce(), response.code(), body))
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(body);
  }

  private <Q> Q read(Argument<Q> type, byte[] body) {
    try {
      Q question = json.readValue(body, type);
      if (question != null) {
        return question;
      }
    } catch (IOException e) {
      LOG.debug("a question of the cluster can't be read", e);
    }
    throw ApiException.badRequest(
        "malformed_json", "the question is not a " + type.getSimpleName());
  }

  private <A> byte[] write(Argument<A> type, A answer) {
    try {
      return json.writeValueAsBytes(type, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
