package io.pulzar.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How points in time are written in answers. */
public final class Times {

  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  /** {@code 2026-11-21 07:40:00+00:00}. */
  public static String utc(Instant time) {
    return WITH_OFFSET.format(time);
  }

  /**
   * Reads what {@link #utc} wrote.
   *
   * @throws java.time.DateTimeException when it is something else
   */
  public static Instant parse(String text) {
    return Instant.from(WITH_OFFSET.parse(text));
  }
}
