package io.pulzar.cli;

/**
 * What was asked for is refused, or is not there; the message is one line for the person who typed
 * it.
 */
public class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  @Override
  public final String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** What the process ends with. */
  ExitStatus status() {
    return ExitStatus.REFUSED;
  }
}
