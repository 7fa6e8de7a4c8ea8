package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;

/** The two sorts of records. Their numbers are part of the format on the disk. */
@Serdeable
enum Kind {
  /** {@code /text/…}: a text with its language, checksum and time. */
  TEXT(0),
  /** {@code /nodes/…}: a name and a value. */
  SHARED(1);

  private final int number;

  Kind(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Kind numbered(int number) {
    return switch (number) {
      case 0 -> TEXT;
      case 1 -> SHARED;
      default ->
          throw new IllegalStateException(
              "a record of kind " + number + " was stored by a newer version: run that version");
    };
  }
}
