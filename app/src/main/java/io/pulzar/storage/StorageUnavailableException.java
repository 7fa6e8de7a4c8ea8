package io.pulzar.storage;

/**
 * The database does not answer now, and did not for as long as the settings allow. What was
 * answered before is kept, and the request may be sent again.
 */
public final class StorageUnavailableException extends StorageException {

  private static final long serialVersionUID = 1L;

  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  public StorageUnavailableException(String message) {
    super(message);
  }
}
