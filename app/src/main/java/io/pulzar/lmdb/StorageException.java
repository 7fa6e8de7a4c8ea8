package io.pulzar.lmdb;

/** The storage engine failed; what it stored before is unaffected. */
public class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  StorageException(String message) {
    super(message);
  }
}
