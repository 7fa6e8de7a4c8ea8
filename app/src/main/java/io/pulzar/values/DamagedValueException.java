package io.pulzar.values;

import java.io.IOException;

/** The bytes on disk are not those that were written. */
final class DamagedValueException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedValueException(String message) {
    super(message);
  }

  DamagedValueException(String message, IOException cause) {
    super(message, cause);
  }
}
