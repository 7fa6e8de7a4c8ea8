package io.pulzar.polyglot;

/** The platform refused what a script asked; the script sees it as a Python exception. */
public final class HostCallException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String type;

  /**
   * @param type a built-in Python exception: {@code KeyError}, {@code ValueError}, {@code OSError},
   *     {@code PermissionError}, {@code NotImplementedError}
   */
  public HostCallException(String type, String message) {
    super(message);
    this.type = type;
  }

  public String type() {
    return type;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
