package io.pulzar.storage;

/** One record is not what was written; the message names it. All others can be read. */
public final class UnreadableRecordException extends StorageException {

  private static final long serialVersionUID = 1L;

  public UnreadableRecordException(String message) {
    super(message);
  }

  public UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
