package io.pulzar.keys;

import io.pulzar.http.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a value may have been written to be found; whole days are those of UTC.
 *
 * @param from the first moment that belongs to it
 * @param until the first moment after it
 */
record DateRange(Instant from, Instant until) {

  static final DateRange ALWAYS = new DateRange(Instant.MIN, Instant.MAX);

  private static final Pattern FORM = Pattern.compile("(\\d{1,2})-(\\d{1,2})-(\\d{4})");

  /**
   * The range that search's parameters describe; each is a date like {@code 11-21-2026}.
   *
   * @param eq this day only; when present the others are checked but do not matter
   * @param lt this day and those before
   * @param gt this day and those after
   * @throws ApiException 400 {@code bad_parameter} when one is not a date
   */
  static DateRange parse(@Nullable String eq, @Nullable String lt, @Nullable String gt) {
    Instant from = gt == null ? Instant.MIN : start(day("gt", gt));
    Instant until = lt == null ? Instant.MAX : start(day("lt", lt).plusDays(1));
    if (eq == null) {
      return new DateRange(from, until);
    }
    LocalDate only = day("eq", eq);
    return new DateRange(start(only), start(only.plusDays(1)));
  }

  /**
   * From one moment to another, both of which belong to it.
   *
   * @param from empty: since ever
   * @param last empty: for ever
   */
  static DateRange between(Optional<Instant> from, Optional<Instant> last) {
    return new DateRange(
        from.orElse(Instant.MIN), last.map(moment -> moment.plusNanos(1)).orElse(Instant.MAX));
  }

  boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }

  private static LocalDate day(String parameter, String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      try {
        return LocalDate.of(
            Integer.parseInt(form.group(3)),
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)));
      } catch (DateTimeException e) {
        throw bad(parameter);
      }
    }
    throw bad(parameter);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static ApiException bad(String parameter) {
    return ApiException.badRequest(
        "bad_parameter",
        parameter + " must be a date written as month-day-year, for example 11-21-2026");
  }
}
