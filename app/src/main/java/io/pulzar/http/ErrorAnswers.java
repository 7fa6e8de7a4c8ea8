package io.pulzar.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.netty.NettyHttpRequestBuilder;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers every request that went wrong, wherever it did: in a feature, in the framework's routing
 * and binding, or in the decoder before them.
 */
@Controller
final class ErrorAnswers implements ErrorResponseProcessor<Envelope> {

  private final ErrorDescriptions descriptions;
  private final List<OwnErrors> own;

  ErrorAnswers(ErrorDescriptions descriptions, List<OwnErrors> own) {
    this.descriptions = descriptions;
    this.own = own;
  }

  @Error(global = true)
  HttpResponse<?> answer(HttpRequest<?> request, Throwable thrown) {
    ApiException error = descriptions.describe(request, thrown);
    MutableHttpResponse<?> response =
        own.stream()
            .filter(form -> form.covers(request))
            .findFirst()
            .<MutableHttpResponse<?>>map(form -> retry(form.answer(request, error), error))
            .orElseGet(
                () -> fill(HttpResponse.status(error.status(), reason(error.status())), error));
    if (thrown instanceof NotAllowedException refused) {
      response.header(HttpHeaders.ALLOW, allowed(refused.getAllowedMethods()));
    }
    return response;
  }

  @Override
  public MutableHttpResponse<Envelope> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    ApiException error =
        context
            .getRootCause()
            .or(() -> undecodable(context.getRequest()))
            .map(thrown -> descriptions.describe(context.getRequest(), thrown))
            .orElseGet(() -> descriptions.describe(response.code()));
    return fill(HttpResponse.status(error.status(), reason(error.status())), error);
  }

  /** The framework knows only that a head was not decoded; the guard before it left the reason. */
  private static Optional<Throwable> undecodable(HttpRequest<?> request) {
    return NettyHttpRequestBuilder.asBuilder(request)
                .toHttpRequestWithoutBody()
                .decoderResult()
                .cause()
            instanceof BrokenRequestException broken
        ? Optional.of(broken)
        : Optional.empty();
  }

  private static MutableHttpResponse<Envelope> fill(
      MutableHttpResponse<Envelope> response, ApiException error) {
    retry(response, error);
    return response
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(Envelope.error(error.code(), error.getMessage(), error.data()));
  }

  private static MutableHttpResponse<?> retry(MutableHttpResponse<?> response, ApiException error) {
    error
        .retryAfter()
        .map(wait -> Long.toString(Math.max(1, wait.toSeconds())))
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    return response;
  }

  private static String allowed(Set<String> methods) {
    TreeSet<String> sorted = new TreeSet<>(methods);
    if (sorted.contains("GET")) {
      sorted.add("HEAD");
    }
    sorted.add("OPTIONS");
    return String.join(", ", sorted);
  }

  private static String reason(int status) {
    for (HttpStatus known : HttpStatus.values()) {
      if (known.getCode() == status) {
        return known.getReason();
      }
    }
    return "Error";
  }
}
