package io.pulzar.cli;

import io.pulzar.settings.DurationText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** Times as people type them: so long ago, a day, or a moment. */
final class Moment {

  /** With minutes, with or without an offset; also with a space instead of the {@code T}. */
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .toFormatter();

  private Moment() {}

  /**
   * Reads one of the forms; without an offset it is one of the clock's zone.
   *
   * @throws UsageException when it is none
   */
  static Instant parse(String text, Clock clock) {
    try {
      return clock.instant().minus(DurationText.parse(text));
    } catch (IllegalArgumentException e) {
      return moment(text.strip(), clock.getZone());
    }
  }

  private static Instant moment(String text, ZoneId zone) {
    try {
      if (text.length() == "2026-11-21".length()) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      TemporalAccessor moment =
          FORM.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return moment instanceof OffsetDateTime exact
          ? exact.toInstant()
          : LocalDateTime.from(moment).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          "'"
              + text
              + "' is not a time: write 2h or 7d for so long ago, 2026-11-21, or"
              + " 2026-11-21T08:00Z");
    }
  }
}
