package io.pulzar.link;

/** The other side could not be reached, or did not answer in time. */
public final class LinkDownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LinkDownException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
