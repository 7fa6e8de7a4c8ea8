package io.pulzar.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request is refused, with all that its client is told: an HTTP status, a stable code for
 * programs and a message that names the thing and the cure.
 *
 * <p>It has no stack trace, because it reports on the request and not on this program; it is as
 * cheap as an ordinary answer. It also crosses the link between node and master unchanged.
 */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient @Nullable Object data;
  private final @Nullable Duration retryAfter;

  /**
   * @param status 400 to 599
   * @param code lower snake case, never renamed once published
   * @param data what the envelope carries besides the message, for errors that have a shape of
   *     their own
   * @param retryAfter when trying again may help; at least a second is told to the client
   */
  public ApiException(
      int status,
      String code,
      String message,
      @Nullable Object data,
      @Nullable Duration retryAfter) {
    super(message, null, false, false);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("an error needs a status from 400 to 599, got " + status);
    }
    this.status = status;
    this.code = code;
    this.data = data;
    this.retryAfter = retryAfter;
  }

  private ApiException(int status, String code, String message) {
    this(status, code, message, null, null);
  }

  public static ApiException badRequest(String code, String message) {
    return new ApiException(400, code, message);
  }

  public static ApiException unauthorized(String message) {
    return new ApiException(401, "unauthorized", message);
  }

  public static ApiException forbidden(String code, String message) {
    return new ApiException(403, code, message);
  }

  public static ApiException notFound(String code, String message) {
    return new ApiException(404, code, message);
  }

  public static ApiException conflict(String code, String message) {
    return new ApiException(409, code, message);
  }

  public static ApiException tooSlow(String message) {
    return new ApiException(408, "request_too_slow", message);
  }

  /** A condition of the request's headers does not hold, so nothing was done. */
  public static ApiException preconditionFailed(String message) {
    return new ApiException(412, "precondition_failed", message);
  }

  public static ApiException tooLarge(String code, String message) {
    return new ApiException(413, code, message);
  }

  public static ApiException unsupportedMedia(String message) {
    return new ApiException(415, "unsupported_media_type", message);
  }

  /** The request was meant for another server. */
  public static ApiException misdirected(String message) {
    return new ApiException(421, "host_not_allowed", message);
  }

  /** A script ran and raised, or an input has no meaning to it. */
  public static ApiException unprocessable(String code, String message, @Nullable Object data) {
    return new ApiException(422, code, message, data, null);
  }

  public static ApiException tooMany(String code, String message, Duration retryAfter) {
    return new ApiException(429, code, message, null, retryAfter);
  }

  public static ApiException notAvailable(String message) {
    return new ApiException(501, "not_available", message);
  }

  public static ApiException unavailable(String code, String message, Duration retryAfter) {
    return new ApiException(503, code, message, null, retryAfter);
  }

  public static ApiException timedOut(String code, String message) {
    return new ApiException(504, code, message);
  }

  public static ApiException diskFull(String message) {
    return new ApiException(507, "disk_full", message);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public @Nullable Object data() {
    return data;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
