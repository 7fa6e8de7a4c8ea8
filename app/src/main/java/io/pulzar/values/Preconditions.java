package io.pulzar.values;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request for a value (RFC 9110, section 13).
 *
 * @param ifMatch and the others: the headers of these names
 */
record Preconditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable String ifModifiedSince,
    @Nullable String ifUnmodifiedSince,
    @Nullable String ifRange) {

  /** What a request gets. */
  enum Verdict {
    /** The value, or the part that it wants. */
    SERVE,
    /** 304: the client has it. */
    NOT_MODIFIED,
    /** 412: the client wants another version. */
    FAILED
  }

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /**
   * @param tag the value's strong entity tag
   */
  Verdict judge(String tag, Instant modified) {
    if (ifMatch != null ? !matches(ifMatch, tag, false) : isAfter(modified, ifUnmodifiedSince)) {
      return Verdict.FAILED;
    }
    if (ifNoneMatch != null
        ? matches(ifNoneMatch, tag, true)
        : isNotAfter(modified, ifModifiedSince)) {
      return Verdict.NOT_MODIFIED;
    }
    return Verdict.SERVE;
  }

  /** Whether a part may be served: otherwise the client's other parts are of another version. */
  boolean allowsPart(String tag, Instant modified) {
    return ifRange == null
        || ifRange.equals(tag)
        || date(ifRange).filter(seconds(modified)::equals).isPresent();
  }

  static String httpDate(Instant moment) {
    return HTTP_DATE.format(moment);
  }

  private static boolean matches(String header, String tag, boolean weakly) {
    if (header.strip().equals("*")) {
      return true;
    }
    for (String candidate : header.split(",", -1)) {
      String stripped = candidate.strip();
      if (stripped.equals(tag) || (weakly && stripped.equals("W/" + tag))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAfter(Instant modified, @Nullable String header) {
    return date(header).filter(date -> seconds(modified).isAfter(date)).isPresent();
  }

  private static boolean isNotAfter(Instant modified, @Nullable String header) {
    return date(header).filter(date -> !seconds(modified).isAfter(date)).isPresent();
  }

  private static Instant seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A date that can't be read counts as absent, as the standard says. */
  private static Optional<Instant> date(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(HTTP_DATE.parse(header, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
