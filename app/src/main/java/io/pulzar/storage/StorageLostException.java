package io.pulzar.storage;

/**
 * The disk or the engine failed in a way that does not heal in this process. What was answered
 * before is on the disk; a new start reads it.
 */
public final class StorageLostException extends StorageException {

  private static final long serialVersionUID = 1L;

  public StorageLostException(String message, Throwable cause) {
    super(message, cause);
  }

  public StorageLostException(String message) {
    super(message);
  }
}
