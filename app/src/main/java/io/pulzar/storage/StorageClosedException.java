package io.pulzar.storage;

/** The server stops, and its storage with it: what was asked is to be asked again. */
public final class StorageClosedException extends StorageException {

  private static final long serialVersionUID = 1L;

  public StorageClosedException() {
    super("the storage is closed: the server is stopping");
  }
}
