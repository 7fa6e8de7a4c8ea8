package io.pulzar.cli;

/** No server answers, or its answer broke off. */
public final class NoServerException extends RefusedException {

  private static final long serialVersionUID = 1L;

  public NoServerException(String message) {
    super(message);
  }

  @Override
  ExitStatus status() {
    return ExitStatus.NO_SERVER;
  }
}
