package io.pulzar.http;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.exceptions.UriSyntaxException;
import io.micronaut.http.server.exceptions.NotAcceptableException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.NotFoundException;
import io.micronaut.http.server.exceptions.UnsupportedMediaException;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.pulzar.storage.StorageClosedException;
import io.pulzar.storage.StorageFullException;
import io.pulzar.storage.StorageLostException;
import io.pulzar.storage.StorageUnavailableException;
import io.pulzar.storage.UnreadableRecordException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the client's terms what an exception means; the unexpected goes to the log, under a
 * number.
 */
@Singleton
final class ErrorDescriptions {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorDescriptions.class);
  private static final AtomicReference<String> LOSS_TOLD = new AtomicReference<>("");

  private final IntSupplier incidents;

  ErrorDescriptions() {
    this(RandomGenerator.getDefault()::nextInt);
  }

  ErrorDescriptions(IntSupplier incidents) {
    this.incidents = incidents;
  }

  ApiException describe(HttpRequest<?> request, Throwable thrown) {
    return switch (thrown) {
      case ApiException refused -> refused;
      case CompletionException wrapper when wrapper.getCause() != null ->
          describe(request, wrapper.getCause());
      case ExecutionException wrapper when wrapper.getCause() != null ->
          describe(request, wrapper.getCause());
      case NotFoundException missing ->
          ApiException.notFound(
              "no_such_route",
              "there is nothing at " + request.getMethodName() + " " + request.getPath());
      case NotAllowedException refused ->
          new ApiException(
              405,
              "method_not_allowed",
              request.getMethodName() + " is not possible here; the Allow header names what is",
              null,
              null);
      case UnsupportedMediaException refused ->
          new ApiException(
              415,
              "unsupported_media_type",
              "this Content-Type is not understood here",
              null,
              null);
      case NotAcceptableException refused ->
          new ApiException(
              406, "not_acceptable", "no answer of a type in the Accept header exists", null, null);
      case ContentLengthExceededException tooLong -> tooLarge();
      case BufferLengthExceededException tooLong -> tooLarge();
      case JsonSyntaxException malformed -> malformedJson();
      case ConversionErrorException bad when bad.getCause() instanceof JsonSyntaxException ->
          malformedJson();
      case ConversionErrorException bad ->
          ApiException.badRequest(
              "bad_parameter", "the value of " + bad.getArgument().getName() + " can't be read");
      case UnsatisfiedRouteException missing ->
          ApiException.badRequest(
              "missing_parameter", missing.getArgument().getName() + " is required");
      case UriSyntaxException bad -> badPath();
      case URISyntaxException bad -> badPath();
      case HttpStatusException other -> describe(other.getStatus().getCode());
      case StorageLostException lost -> lost(lost);
      case StorageUnavailableException away ->
          ApiException.unavailable(
              "storage_unavailable", String.valueOf(away.getMessage()), Duration.ofSeconds(5));
      case UnreadableRecordException unreadable ->
          new ApiException(
              500,
              "record_damaged",
              unreadable.getMessage() + "; ./pulzar check tells of all such records",
              null,
              null);
      case StorageFullException full -> ApiException.diskFull(String.valueOf(full.getMessage()));
      case RejectedExecutionException stopping -> stopping();
      case StorageClosedException stopping -> stopping();
      case Throwable broken when BrokenRequestException.isBehind(broken) ->
          BrokenRequestException.refusal(broken);
      case Throwable full when isDiskFull(full) ->
          ApiException.diskFull(
              "the server's disk is full, so nothing was kept; delete what is not needed, or add"
                  + " space");
      default -> unexpected(request, thrown);
    };
  }

  /** For refusals that the framework decides before any code of ours sees the request. */
  ApiException describe(int status) {
    return switch (status) {
      case 413 -> tooLarge();
      case 400 -> ApiException.badRequest("bad_request", "the request is not well-formed HTTP");
      default ->
          status >= 400 && status < 500
              ? new ApiException(status, "refused", "the request was refused", null, null)
              : new ApiException(500, "internal_error", "the server failed", null, null);
    };
  }

  private static ApiException stopping() {
    return ApiException.unavailable(
        "stopping", "the server is stopping; send the request again", Duration.ofSeconds(2));
  }

  private static ApiException lost(StorageLostException lost) {
    String told = String.valueOf(lost.getMessage());
    // Every request meets it until the process ends, a second later.
    if (!told.equals(LOSS_TOLD.getAndSet(told))) {
      LOG.error("{}", told);
    }
    return ApiException.unavailable(
        "storage_lost",
        "the server's storage failed, and it starts again; its log tells why",
        Duration.ofSeconds(5));
  }

  /** As the operating system words it; the JDK has no type for it. */
  private static boolean isDiskFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof IOException
          && (text.contains("No space left on device") || text.contains("quota exceeded"))) {
        return true;
      }
    }
    return false;
  }

  private static ApiException tooLarge() {
    return ApiException.tooLarge(
        "too_large", "the request is larger than this server takes; send less, or raise its limit");
  }

  private static ApiException malformedJson() {
    return ApiException.badRequest("malformed_json", "the body is not valid JSON");
  }

  private static ApiException badPath() {
    return ApiException.badRequest(
        "bad_path", "the path has characters that must be percent-encoded");
  }

  private ApiException unexpected(HttpRequest<?> request, Throwable thrown) {
    String incident = HexFormat.of().toHexDigits(incidents.getAsInt());
    LOG.error(
        "incident {}: {} {} failed", incident, request.getMethodName(), request.getPath(), thrown);
    return new ApiException(
        500,
        "internal_error",
        "the server failed; its log tells more under incident " + incident,
        null,
        null);
  }
}
