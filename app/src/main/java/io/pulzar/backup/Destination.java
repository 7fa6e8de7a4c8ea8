package io.pulzar.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Where backups are stored; each has a name that says when it was made. */
interface Destination {

  /** Writes one backup. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** When the newest complete backup was made. */
  Optional<Instant> newest() throws IOException;

  /** Stores a backup, then forgets those beyond the number to keep; all of it or nothing. */
  void store(Instant now, Content content) throws IOException;

  DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.from(TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
