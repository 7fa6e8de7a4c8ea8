package io.pulzar.keys;

import io.pulzar.http.ApiException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a value is kept, from the parameters {@code temporal} and {@code ttl} of a write. */
public final class Lifetime {

  /** A hundred years: longer lifetimes are typing errors. */
  static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Pattern SHORT_FORM = Pattern.compile("(\\d{1,12})([smhd])");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

  private Lifetime() {}

  /**
   * Reads the two parameters.
   *
   * @param temporal days, a whole number from 1; absent: not limited this way
   * @param ttl an ISO-8601 duration ({@code PT90S}) or a number with {@code s}, {@code m}, {@code
   *     h} or {@code d}; absent: not limited this way
   * @return empty when the value is to be kept until it is deleted
   * @throws ApiException 400 {@code bad_parameter}
   */
  public static Optional<Duration> parse(@Nullable String temporal, @Nullable String ttl) {
    if (temporal != null && ttl != null) {
      throw bad("give either temporal or ttl, not both");
    }
    if (temporal != null) {
      return Optional.of(checked(days(temporal), "temporal"));
    }
    return ttl == null ? Optional.empty() : Optional.of(checked(duration(ttl), "ttl"));
  }

  private static Duration days(String text) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw bad("temporal must be a whole number of days, at least 1");
    }
    return Duration.ofDays(Long.parseLong(text));
  }

  private static Duration duration(String text) {
    Matcher shortForm = SHORT_FORM.matcher(text);
    if (shortForm.matches()) {
      long amount = Long.parseLong(shortForm.group(1));
      return switch (shortForm.group(2)) {
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        case "d" -> Duration.ofDays(amount);
        default -> throw new AssertionError("the pattern allows s, m, h and d");
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw bad("ttl must be like 90s, 15m, 12h, 7d, or an ISO-8601 duration like PT90S");
    }
  }

  private static Duration checked(Duration lifetime, String parameter) {
    if (!lifetime.isPositive()) {
      throw bad(parameter + " must be more than zero; leave it out to keep the value for ever");
    }
    if (lifetime.compareTo(LONGEST) > 0) {
      throw bad(parameter + " is at most " + LONGEST.toDays() + " days");
    }
    return lifetime;
  }

  private static ApiException bad(String message) {
    return ApiException.badRequest("bad_parameter", message);
  }
}
