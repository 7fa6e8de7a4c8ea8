package io.pulzar.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How points in time are written in answers, and read in questions. */
public final class Times {

  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  /**
   * The time that a query parameter names: as {@link #utc} writes times, or as ISO-8601 has them.
   * The plus sign of an offset arrives as a space.
   *
   * @param name of the parameter
   * @return empty when there is none, or an empty one
   * @throws ApiException 400 {@code bad_<name>}
   */
  public static Optional<Instant> asked(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    String iso = text.strip().replaceFirst(" (?=\\d\\d:\\d\\d$)", "+").replace(' ', 'T');
    try {
      return Optional.of(OffsetDateTime.parse(iso).toInstant());
    } catch (DateTimeParseException e) {
      throw ApiException.badRequest(
          "bad_" + name, name + " must be a time with an offset, such as 2026-11-21T07:40:00Z");
    }
  }

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
