package io.pulzar.storage;

/** A database can't be opened as it is; the message names the file and the cure. */
public final class StorageDamagedException extends StorageException {

  private static final long serialVersionUID = 1L;

  public StorageDamagedException(String message) {
    super(message);
  }

  public StorageDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
