package io.pulzar.http;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request turned out not to be one, or did not arrive; what reading its body fails with, too. An
 * {@link IOException}, so that whoever streams the body to a disk gives up what came so far.
 */
public final class BrokenRequestException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What the transport says when a client goes away in the middle of its body. */
  private static final String BROKEN_OFF = "Connection closed before full body was received";

  private final transient ApiException refusal;

  BrokenRequestException(ApiException refusal, @Nullable Throwable cause) {
    super(refusal.getMessage(), cause);
    this.refusal = refusal;
  }

  /** What its client is told. */
  public ApiException refusal() {
    return refusal;
  }

  /**
   * The refusal behind a failure to read a body.
   *
   * @param failure may wrap it
   */
  public static ApiException refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokenRequestException broken) {
        return broken.refusal();
      }
    }
    return ApiException.badRequest(
        "body_incomplete", "the body ended before all of it was sent; nothing was done");
  }

  /** Whether a body could not be read because of its client. */
  static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokenRequestException
          || (cause instanceof EOFException && BROKEN_OFF.equals(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }
}
