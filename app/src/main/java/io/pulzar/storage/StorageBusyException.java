package io.pulzar.storage;

/** Another process, or another part of this one, has the database open. */
public final class StorageBusyException extends StorageException {

  private static final long serialVersionUID = 1L;

  public StorageBusyException(String message) {
    super(message);
  }
}
