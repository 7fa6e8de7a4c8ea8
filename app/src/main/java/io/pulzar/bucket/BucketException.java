package io.pulzar.bucket;

import io.pulzar.http.ApiException;
import java.io.IOException;
import java.time.Duration;

/** The bucket did not do what it was asked to. */
public final class BucketException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Why. */
  public enum Reason {
    /** It does not answer, or has failed for as long as anybody had patience. */
    AWAY,

    /** It answers that this may not be: settings or permissions are wrong. */
    REFUSED,

    /** There is no such object. */
    MISSING,

    /** Somebody else's object has the name. */
    TAKEN
  }

  private final Reason reason;

  BucketException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  BucketException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** What a client is told whose request needed it. */
  public ApiException answer() {
    return switch (reason) {
      case AWAY ->
          ApiException.unavailable(
              "bucket_unavailable",
              "The bucket with the values does not answer, so nothing was changed; try again",
              RETRY);
      case REFUSED, MISSING, TAKEN ->
          new ApiException(
              502,
              "bucket_failed",
              "The bucket with the values refuses what is needed; the server's log tells why",
              null,
              null);
    };
  }
}
