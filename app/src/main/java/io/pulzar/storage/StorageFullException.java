package io.pulzar.storage;

/**
 * The disk, or the size that the settings allow, is used up. Nothing was written or damaged. The
 * message tells a client what to do.
 */
public final class StorageFullException extends StorageException {

  private static final long serialVersionUID = 1L;

  public StorageFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
