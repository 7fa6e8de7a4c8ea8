package io.pulzar.settings;

/** A setting can't be used; the message is one sentence for the person who wrote it. */
public final class BadSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BadSettingException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
