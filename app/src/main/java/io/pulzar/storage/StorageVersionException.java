package io.pulzar.storage;

/** A database was written by a newer program; the message says what to do. */
public final class StorageVersionException extends StorageException {

  private static final long serialVersionUID = 1L;

  public StorageVersionException(String message) {
    super(message);
  }
}
